/** Lets several runs go on by turns: who gives its turn back and asks again waits until all the others had theirs. */
export class Turns {
  private last: Promise<void> = Promise.resolve();

  /** Waits for a turn; the function returned ends it. */
  async take(): Promise<() => void> {
    const before = this.last;
    let end = (): void => {};
    this.last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    return end;
  }
}
