/** Whether this runs from the installed package, and not from its sources. */
export const isPackaged = typeof STEADYSTATE_PACKAGED !== 'undefined';
