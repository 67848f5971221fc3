// A Go program: started, asked, and known to have ended. Go ends when it panics
// or runs out of stack; from then on nothing that waits for it would ever be
// answered, and a call into what is left of it would run on a broken heap.
import './wasm_exec.js';

// run starts a program, whose code is an answer of fetch, with imports besides Go's
// own and an environment, once the promise before is kept. It gives
//   ask(call)  what call, which calls into the program, resolves with; rejected
//              when the program ends first
//   end(error) ends the program
// onEnd is called when it has ended.
export const run = async (code, { imports, env, before, onEnd }) => {
  const go = new Go();
  Object.assign(go.env, env);
  const [{ instance }] = await Promise.all([
    WebAssembly.instantiateStreaming(code, { ...go.importObject, ...imports }), before]);
  const waiting = new Set();
  let ended = null;
  const end = (error) => {
    go.exited = true; // it refuses to be resumed: by its timers, by answers that come late
    if (ended) return;
    // Later, as there may be no stack left to do anything here.
    queueMicrotask(() => {
      go._scheduledTimeouts.forEach((id) => clearTimeout(id));
      waiting.forEach((reject) => reject(error));
      onEnd(error);
    });
    ended = error;
  };
  // Every way into Go leads through these two, so whatever ends it is seen here.
  const guard = (enter) => (...args) => {
    try {
      return enter(...args);
    } catch (error) {
      end(error);
      throw error;
    } finally {
      if (go.exited) end(Error('it has stopped'));
    }
  };
  const { exports } = instance;
  const guarded = Object.create(instance, {
    exports: { value: { ...exports, run: guard(exports.run), resume: guard(exports.resume) } } });

  const ask = (call) => new Promise((resolve, reject) => {
    if (ended) throw ended;
    waiting.add(reject);
    const done = () => waiting.delete(reject);
    new Promise((answer) => answer(call())).finally(done).then(resolve, reject);
  });
  go.run(guarded).catch(end);
  return { ask, end };
};

// onDemand gives a function that starts something when it is first asked for,
// and anew when what it had started has ended or could not start.
export const onDemand = (start) => {
  let starting;
  return () => {
    if (starting) return starting;
    const mine = start(() => { if (starting === mine) starting = undefined; });
    mine.catch(() => { if (starting === mine) starting = undefined; });
    return starting = mine;
  };
};
