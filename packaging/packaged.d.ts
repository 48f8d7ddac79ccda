/** Defined by the build of the package, and nowhere else: ask with `typeof`. */
declare const STEADYSTATE_PACKAGED: true | undefined;
