// Sound files of single tones.

const SECONDS = 2;

/**
 * A WAV file of one tone in short bursts: the browser's noise suppression takes a steady tone for a fan and removes it, a broken one for
 * somebody speaking.
 *
 * @param {number} hz
 * @param {number} rate samples per second
 */
export function bursts(hz, rate) {
  const samples = new Int16Array(rate * SECONDS);
  for (let index = 0; index < samples.length; index += 1) {
    const at = index / rate;
    const phase = (at % 0.5) / 0.3;
    // Soft edges: a hard one would be a click, which holds every frequency.
    const envelope = phase < 1 ? Math.sin(Math.PI * phase) ** 2 : 0;
    samples[index] = Math.round(12_000 * envelope * Math.sin(2 * Math.PI * hz * at));
  }
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(rate * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([header, Buffer.from(samples.buffer)]);
}
