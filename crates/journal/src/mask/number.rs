//! Digits by digits, so that the core makes the same of them.

use hookswitch_core::{
    calling_code, dialable, key as key_of,
    settings::{Dialing, Settings},
};

use super::key::{Chain, Key};

/// What of a number means something to the core, or to everybody, and therefore stays.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// Calling codes of the settings' countries.
    countries: Vec<&'static str>,
    dialing: Vec<Dialing>,
    /// Dialed as they are.
    emergency: Vec<String>,
    /// Reach a line or another country, longest first; with whether a country's code follows.
    prefixes: Vec<(String, bool)>,
    /// Taken off before a search: whether a `+` leads, and the digits.
    strip: Vec<(bool, String)>,
}

/// Fewer digits than this are no number behind a prefix.
const SHORTEST: usize = 4;

/// More digits than this are not tried until the beginning of a number means nothing.
const HEAD: usize = 4;

/// Tries to find a number that means nothing; all heads there are.
const TRIES: usize = 10_000;

#[derive(Clone, Copy, Eq, PartialEq)]
enum Stage {
    /// Nothing was taken yet.
    Begin,
    /// A country's code may follow.
    International,
    /// A prefix may follow.
    National,
    /// Only zeros may follow.
    Rest,
}

impl Numbers {
    pub(super) fn new(settings: &[&Settings]) -> Self {
        let dialing = || settings.iter().map(|settings| &settings.dialing);
        let mut prefixes: Vec<_> = dialing().filter(|dialing| dialing.apply_prefixes).flat_map(prefixes).collect();
        prefixes.sort_by_key(|(prefix, _)| core::cmp::Reverse(prefix.len()));
        prefixes.dedup();
        let strip = dialing().map(|dialing| dialing.strip_inbound.as_str()).filter(|strip| strip.contains(|c: char| c.is_ascii_digit()));
        Self {
            countries: dialing().filter_map(|dialing| calling_code(dialing.country.as_deref()?)).collect(),
            dialing: dialing().cloned().collect(),
            emergency: dialing().flat_map(|dialing| dialing.emergency_numbers.iter().cloned()).collect(),
            prefixes,
            strip: strip.map(|strip| (strip.starts_with('+'), strip.chars().filter(char::is_ascii_digit).collect())).collect(),
        }
    }

    /// The number with the keys in the place of the letters that complete it, as in `1-800-FLOWERS`: letters that stand in for them would
    /// be other keys. Any other text stays.
    pub(super) fn on_the_keys(&self, number: &str) -> String {
        let keyed: String = number.chars().map(key_of).collect();
        let dialed = |raw: &str, dialing| dialable(raw, dialing).map(|dialed| (dialed.to, dialed.then));
        let same = |dialing| dialed(number, dialing).is_some() && dialed(number, dialing) == dialed(&keyed, dialing);
        if keyed != number && self.dialing.iter().all(same) { keyed } else { number.into() }
    }

    /// The digits that stand in for those of `kept`, which is a number's digits, stars and hashes.
    pub(super) fn masked(&self, plus: bool, kept: &str, key: &Key) -> Vec<char> {
        let digits: Vec<u8> = kept.bytes().filter(u8::is_ascii_digit).collect();
        if self.emergency.iter().any(|number| number == kept) {
            return digits.into_iter().map(char::from).collect();
        }
        let meaning = self.meaning(plus, &digits);
        let head = (meaning + HEAD).min(digits.len());
        let mut masked = digits.clone();
        let mut chain = key.begin();
        for at in (head..digits.len()).rev() {
            masked[at] = moved(digits[at], chain);
            chain = key.next(chain, digits[at].into());
        }
        let at_head = chain;
        for _ in 0..TRIES {
            // Again and again through the same permutation of heads: it ends at the latest where it began, so no two become one.
            let mut chain = at_head;
            for at in (meaning..head).rev() {
                let before = masked[at];
                masked[at] = moved(before, chain);
                chain = key.next(chain, before.into());
            }
            if self.meaning(plus, &masked) == meaning && !self.is_emergency(kept, &masked) {
                break;
            }
        }
        masked.into_iter().map(char::from).collect()
    }

    fn is_emergency(&self, kept: &str, masked: &[u8]) -> bool {
        let mut digits = masked.iter().copied().map(char::from);
        let number: String = kept.chars().map(|c| if c.is_ascii_digit() { digits.next().unwrap_or(c) } else { c }).collect();
        self.emergency.contains(&number)
    }

    /// How many digits at the beginning stay.
    fn meaning(&self, plus: bool, digits: &[u8]) -> usize {
        let (mut stage, mut at) = (Stage::Begin, 0);
        while let Some((length, next)) = self.step(stage, plus, &digits[at..]) {
            (at, stage) = (at + length, next);
        }
        at
    }

    fn step(&self, stage: Stage, plus: bool, digits: &[u8]) -> Option<(usize, Stage)> {
        let zeros = || digits.iter().take_while(|digit| **digit == b'0').count();
        let fits = |prefix: &str| !prefix.is_empty() && digits.starts_with(prefix.as_bytes()) && digits.len() >= prefix.len() + SHORTEST;
        match stage {
            Stage::Begin => {
                let strip = self.strip.iter().find(|(with_plus, strip)| *with_plus == plus && digits.starts_with(strip.as_bytes()));
                let next = if plus { Stage::International } else { Stage::National };
                Some(strip.map_or((0, next), |(_, strip)| (strip.len(), if plus { Stage::Rest } else { next })))
            }
            Stage::National => {
                if let Some((prefix, abroad)) = self.prefixes.iter().find(|(prefix, _)| fits(prefix)) {
                    return Some((prefix.len(), if *abroad { Stage::International } else { Stage::National }));
                }
                Some((zeros(), if zeros() == 2 { Stage::International } else { Stage::Rest })).filter(|(zeros, _)| *zeros > 0)
            }
            Stage::International => {
                let code = self.countries.iter().find(|code| fits(code))?;
                Some((code.len(), Stage::Rest))
            }
            Stage::Rest => Some((zeros(), Stage::Rest)).filter(|(zeros, _)| *zeros > 0),
        }
    }
}

fn prefixes(dialing: &Dialing) -> [(String, bool); 3] {
    [(dialing.outside_prefix.clone(), false), (dialing.long_distance_prefix.clone(), false), (dialing.international_prefix.clone(), true)]
}

fn moved(digit: u8, chain: Chain) -> u8 {
    let place = chain.moved(usize::from(digit - b'0'), 10);
    b"0123456789"[place]
}
