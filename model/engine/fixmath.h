/* fixmath.h - exponential and logarithm that give the same bits everywhere.
 *
 * Does      what exp and log of libm do, from additions, multiplications and divisions only: those are
 *           exactly rounded on every machine, while two C libraries differ in the last bit of exp, and
 *           one such bit would change a run
 * Shape     fixmath_log: x a normal number > 0; relative error of both below 1e-15
 * Source    argument reduction and series: Muller, Elementary Functions (2016), ch. 3 and 11
 */
#ifndef HVPLAN_ENGINE_FIXMATH_H
#define HVPLAN_ENGINE_FIXMATH_H

double fixmath_exp(double x);
double fixmath_log(double x);
/* x to the power y, x > 0 */
double fixmath_power(double x, double y);

#endif
