//! What the agent hears besides the call: made here, without a file to load.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};

use hookswitch_core::{
    Sound,
    settings::{Ring, View},
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AudioBuffer, AudioBufferSourceNode, AudioContext, AudioContextState, AudioScheduledSourceNode, HtmlAudioElement};

use crate::{keep::Keep, spawn::let_settle};

/// The loudspeaker: plays one sound at a time, for exactly as long as it is told to.
pub(crate) struct Speaker {
    keep: Keep,
    context: Option<AudioContext>,
    playing: RefCell<Option<Playing>>,
    sound: Cell<Sound>,
    view: RefCell<View>,
    changed: OnceCell<Closure<dyn FnMut()>>,
}

/// What sounds now. It loops by itself, so that no timer can let it stutter or ring on.
enum Playing {
    Made(AudioBufferSourceNode),
    File(HtmlAudioElement),
}

impl Speaker {
    /// A silent loudspeaker; mute for good where the browser has no audio.
    pub(crate) fn new(keep: &Keep) -> Rc<Self> {
        let context = AudioContext::new().ok();
        // It would ring on if this instance broke.
        keep.set_context(context.as_ref());
        Rc::new(Self {
            keep: keep.clone(),
            context,
            playing: RefCell::default(),
            sound: Cell::new(Sound::Silence),
            view: RefCell::default(),
            changed: OnceCell::new(),
        })
    }

    /// What to call when the browser lets sound out, or holds it back. Only the first call counts.
    pub(crate) fn on_change(&self, changed: impl FnMut() + 'static) {
        let Some(context) = &self.context else { return };
        let changed = self.changed.get_or_init(|| Closure::new(changed));
        context.set_onstatechange(Some(changed.as_ref().unchecked_ref()));
    }

    /// The browser holds sound back until the agent clicks in the page.
    pub(crate) fn blocked(&self) -> bool {
        self.context.as_ref().is_some_and(|context| context.state() == AudioContextState::Suspended)
    }

    /// Whether the browser has sound for the page at all.
    pub(crate) const fn is_there(&self) -> bool {
        self.context.is_some()
    }

    /// Ask the browser to let sound out; only within a click or key press of the agent does it listen.
    pub(crate) fn enable(&self) {
        let Some(context) = &self.context else { return };
        let Ok(resuming) = context.resume() else { return };
        // Rejected when the context was closed meanwhile; whether it worked is told by the state.
        let_settle(resuming);
        // A file that was refused before may play now.
        if let Some(Playing::File(file)) = &*self.playing.borrow() {
            play(file);
        }
    }

    /// Take kind and loudness of the ring from the settings, from the next ring on.
    pub(crate) fn set_view(&self, view: &View) {
        self.view.replace(view.clone());
    }

    /// Play `sound` from now on, in place of what sounds now.
    pub(crate) fn play(&self, sound: Sound) {
        if self.sound.replace(sound) == sound {
            return;
        }
        self.hush();
        let next = match sound {
            Sound::AutoAnswer => self.made(&AUTO_ANSWER, 0.5),
            Sound::CallWaiting => self.call_waiting(),
            Sound::Ring => self.ring(),
            Sound::Ringback => self.made(&RINGBACK, 0.15),
            _ => None,
        };
        self.playing.replace(next);
    }

    /// Silence, and give the browser its audio back.
    pub(crate) fn close(&self) {
        self.play(Sound::Silence);
        let Some(context) = &self.context else { return };
        context.set_onstatechange(None);
        self.keep.set_context(None);
        let Ok(closing) = context.close() else { return };
        // Rejected when it is closed already.
        let_settle(closing);
    }

    fn hush(&self) {
        let playing = self.playing.take();
        match playing {
            Some(Playing::Made(source)) => {
                // Fails only if it was never started, which it was.
                let _ = AudioScheduledSourceNode::stop(&source);
                let _ = source.disconnect();
            }
            // A pause alone would keep the file loading.
            Some(Playing::File(file)) => {
                let _ = file.pause();
                file.set_src("");
                self.keep.set_ring(None);
            }
            None => {}
        }
    }

    fn ring(&self) -> Option<Playing> {
        let view = self.view.borrow();
        let volume = f32::from(view.ring_volume.min(100)) / 100.0;
        match &view.ring {
            Ring::Off => None,
            Ring::Soft => self.made(&SOFT, 0.5 * volume),
            Ring::Url(url) => {
                let file = HtmlAudioElement::new_with_src(url).ok()?;
                file.set_loop(true);
                file.set_volume(volume.into());
                self.keep.set_ring(Some(&file));
                play(&file);
                Some(Playing::File(file))
            }
            _ => self.made(&STANDARD, volume),
        }
    }

    /// Soft enough to go on talking beside it, as loud as the ring in proportion; off with it.
    fn call_waiting(&self) -> Option<Playing> {
        let view = self.view.borrow();
        let volume = f32::from(view.ring_volume.min(100)) / 100.0;
        if matches!(view.ring, Ring::Off) { None } else { self.made(&CALL_WAITING, 0.25 * volume) }
    }

    fn made(&self, tone: &Tone, volume: f32) -> Option<Playing> {
        let context = self.context.as_ref()?;
        let source = context.create_buffer_source().ok()?;
        source.set_buffer(Some(&tone.buffer(context, volume)?));
        source.set_loop(true);
        source.connect_with_audio_node(&context.destination()).ok()?;
        source.start().ok()?;
        Some(Playing::Made(source))
    }
}

fn play(file: &HtmlAudioElement) {
    let Ok(playing) = file.play() else { return };
    // Refused until the agent clicks: `blocked` tells, and `enable` tries again.
    let_settle(playing);
}

/// Two sine waves, on for a while, off for a while.
struct Tone {
    /// `2 cos(2π f / RATE)` of each wave: all a sine needs that is continued from its last two values, and no `sin` in the module.
    waves: [Wave; 2],
    /// Samples of each wave in turn; 0: both at once.
    turn: usize,
    on: usize,
    all: usize,
}

/// `2 cos w` and `sin w` of an angular frequency in radians per sample.
#[derive(Clone, Copy)]
struct Wave {
    step: f64,
    first: f64,
}

impl Tone {
    fn buffer(&self, context: &AudioContext, volume: f32) -> Option<AudioBuffer> {
        let buffer = context.create_buffer(1, u32::try_from(self.all).ok()?, RATE).ok()?;
        buffer.copy_to_channel(&self.samples(volume), 0).ok()?;
        Some(buffer)
    }

    fn samples(&self, volume: f32) -> Vec<f32> {
        let mut values = self.waves.map(|wave| (0.0, -wave.first));
        let mut samples = vec![0.0; self.all];
        for (at, sample) in samples.iter_mut().take(self.on).enumerate() {
            for (value, wave) in values.iter_mut().zip(self.waves) {
                *value = (wave.step * value.0 - value.1, value.0);
            }
            let mixed = match self.turn {
                0 => (values[0].0 + values[1].0) / 2.0,
                turn => values[at / turn % 2].0,
            };
            // Faded at both ends, because a wave cut off clicks.
            let fade = at.min(self.on - at).min(FADE) as f64 / FADE as f64;
            *sample = (mixed * fade) as f32 * volume;
        }
        samples
    }
}

/// Samples per second; enough for tones below 1 kHz, and small.
const RATE: f32 = 8000.0;
/// Samples of fading, 10 ms.
const FADE: usize = 80;
/// 440 Hz.
const A4: Wave = Wave { step: 1.881_761_537_908_451, first: 0.338_737_920_245_291_4 };
/// 480 Hz.
const B4: Wave = Wave { step: 1.859_552_971_776_503, first: 0.368_124_552_684_677_9 };
/// 660 Hz.
const E5: Wave = Wave { step: 1.737_263_028_876_382_6, first: 0.495_458_668_432_407_5 };
/// 880 Hz.
const A5: Wave = Wave { step: 1.541_026_485_551_578_3, first: 0.637_423_989_748_689_7 };

/// An urgent warble: 1.6 s in turns of 50 ms, then 2.4 s of quiet.
const STANDARD: Tone = Tone { waves: [A5, E5], turn: 400, on: 12_800, all: 32_000 };
/// A mild two-tone chime: 0.8 s, then 3.2 s of quiet.
const SOFT: Tone = Tone { waves: [E5, A4], turn: 3_200, on: 6_400, all: 32_000 };
/// A call waits beside another one: one beep of 0.3 s, then 3.7 s of quiet.
const CALL_WAITING: Tone = Tone { waves: [A4, A4], turn: 0, on: 2_400, all: 32_000 };
/// A call is about to be answered by itself, and the microphone to be opened: two pips a second, whatever the ring's settings say.
const AUTO_ANSWER: Tone = Tone { waves: [E5, A5], turn: 960, on: 1_920, all: 8_000 };
/// The far end rings: 2 s on, 4 s off, as in North America.
const RINGBACK: Tone = Tone { waves: [A4, B4], turn: 0, on: 16_000, all: 48_000 };

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    /// Zero crossings are twice the frequency.
    fn crossings(samples: &[f32]) -> usize {
        samples.windows(2).filter(|pair| (pair[0] < 0.0) != (pair[1] < 0.0)).count()
    }

    #[wasm_bindgen_test]
    fn a_tone_has_its_pitch_its_loudness_and_its_pause() {
        // One wave alone for a second: 880 crossings of A4.
        let tone = Tone { waves: [A4, A4], turn: 0, on: 8000, all: 12_000 };
        let samples = tone.samples(0.5);
        let crossings = crossings(&samples[..8000]);
        assert!((878..=882).contains(&crossings), "{crossings}");
        let peak = samples.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!((0.49..=0.501).contains(&peak), "{peak}");
        assert!(samples[8000..].iter().all(|sample| *sample == 0.0));
    }

    /// Where the quiet begins: the length of the first tone, in samples.
    fn sounds_for(tone: &Tone) -> usize {
        tone.samples(1.0).iter().rposition(|sample| sample.abs() > 0.001).unwrap_or(0)
    }

    #[wasm_bindgen_test]
    fn the_tone_before_an_answer_is_short_and_the_one_of_a_waiting_call_leaves_room_to_talk() {
        let second = RATE as usize;
        assert!(sounds_for(&AUTO_ANSWER) < second / 4 && AUTO_ANSWER.all == second, "again every second, as long as it counts down");
        assert!(sounds_for(&CALL_WAITING) < second / 3 && CALL_WAITING.all >= 3 * second);
    }

    #[wasm_bindgen_test]
    fn every_sound_is_heard_beside_a_call_but_what_the_settings_switch_off() {
        // What sounds is told by what was made for it; whether a loudspeaker plays it, no test can hear.
        let made = |ring: Ring, sound: Sound| {
            let speaker = Speaker::new(&keep());
            speaker.set_view(&View { ring, ..View::default() });
            speaker.play(sound);
            let made = speaker.playing.borrow().is_some();
            speaker.close();
            made
        };
        for sound in [Sound::AutoAnswer, Sound::CallWaiting, Sound::Ring, Sound::Ringback] {
            assert!(made(Ring::Standard, sound), "{sound:?}");
        }
        assert!(!made(Ring::Standard, Sound::Silence));
        assert!(!made(Ring::Off, Sound::CallWaiting) && !made(Ring::Off, Sound::Ring));
        assert!(made(Ring::Off, Sound::AutoAnswer), "a microphone that opens by itself is never silent about it");
    }

    fn keep() -> Keep {
        js_sys::eval("({ context: null, ring: null })").unwrap().unchecked_into()
    }

    #[wasm_bindgen_test]
    fn the_shipped_tones_stay_within_what_a_loudspeaker_takes() {
        for tone in [&STANDARD, &SOFT, &RINGBACK, &AUTO_ANSWER, &CALL_WAITING] {
            let samples = tone.samples(1.0);
            assert_eq!(samples.len(), tone.all);
            assert!(samples.iter().all(|sample| sample.abs() <= 1.001));
            assert!(crossings(&samples) > 200);
        }
    }
}
