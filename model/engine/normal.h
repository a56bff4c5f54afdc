/* normal.h - the normal distribution with mean 0 and variance 1.
 *
 * Source    quantile: Wichura, algorithm AS 241, Applied Statistics 37 (1988); distribution function: series
 * of Marsaglia, "Evaluating the normal distribution" (2004), and Laplace's continued fraction for the tails
 */
#ifndef HVPLAN_ENGINE_NORMAL_H
#define HVPLAN_ENGINE_NORMAL_H

double normal_quantile(double p); /* p in (0, 1); relative error below 1e-9 */
double normal_cdf(double x);      /* relative error below 1e-12, in the lower tail too */

#endif
