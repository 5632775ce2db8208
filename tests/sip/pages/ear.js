// Listens to a stream and tells how loud single frequencies are: packets that arrive prove nothing about what is heard.

const FFT = 8192;
let context;

/** One AudioContext per page; it must run at a rate that does not fold tones onto each other. */
export function audioContext() {
  context ??= new AudioContext({ sampleRate: 48_000 });
  return context;
}

/** A stream that carries one steady tone. */
export function tone(hz) {
  const audio = audioContext();
  const source = new OscillatorNode(audio, { frequency: hz });
  const volume = new GainNode(audio, { gain: 0.25 });
  const sink = audio.createMediaStreamDestination();
  source.connect(volume).connect(sink);
  source.start();
  return sink.stream;
}

/**
 * The loudest each frequency was within a while, in dB; -200 for silence.
 *
 * @param {MediaStream | null} stream
 * @param {number[]} frequencies
 * @param {number} ms
 * @returns {Promise<number[]>}
 */
export async function levels(stream, frequencies, ms) {
  const most = frequencies.map(() => -200);
  const audio = audioContext();
  await audio.resume();
  if (!stream || stream.getAudioTracks().length === 0) {
    await new Promise((done) => setTimeout(done, ms));
    return most;
  }
  const source = audio.createMediaStreamSource(stream);
  const analyser = new AnalyserNode(audio, { fftSize: FFT, smoothingTimeConstant: 0 });
  source.connect(analyser);
  const bins = new Float32Array(analyser.frequencyBinCount);
  const width = audio.sampleRate / FFT;
  // The first window still holds nothing.
  await new Promise((done) => setTimeout(done, 200));
  const end = performance.now() + ms;
  while (performance.now() < end) {
    analyser.getFloatFrequencyData(bins);
    frequencies.forEach((hz, index) => {
      const at = Math.round(hz / width);
      // Codecs shift a tone by a bin or two.
      most[index] = Math.max(most[index], ...bins.slice(at - 2, at + 3));
    });
    await new Promise((done) => setTimeout(done, 30));
  }
  source.disconnect();
  return most.map((level) => Math.round(Math.max(level, -200)));
}
