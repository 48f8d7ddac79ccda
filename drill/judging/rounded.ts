/** To hundredths: more would be noise of this machine. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;
