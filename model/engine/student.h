/* student.h - quantiles of Student's t.
 *
 * Source    distribution function: incomplete beta function by its continued fraction, Abramowitz and Stegun
 * (1964), 26.5.8 and 26.7.1; many degrees of freedom: their 26.7.5
 */
#ifndef HVPLAN_ENGINE_STUDENT_H
#define HVPLAN_ENGINE_STUDENT_H

/* With `df` >= 1 degrees of freedom, p in (0, 1); relative error below 1e-6. */
double student_quantile(double p, double df);

#endif
