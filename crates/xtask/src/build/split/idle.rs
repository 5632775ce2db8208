//! Which parts of the module's functions no first load has run: a profile, learnt by `size --learn` and kept beside this file in `idle.txt`.
//!
//! A part is known by what it does: its function's plain name, its instructions and what they call, but no address, no local, no offset. Code
//! that changed is no longer known, and stays in the first half until the profile is learnt anew. To be wrong costs time, never correctness.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use walrus::{
    FunctionId, LocalFunction, Module,
    ir::{self, Instr, InstrSeqId},
};

use super::{
    cold::{self, Cold},
    globs, outline,
};

/// Where the profile of the panel is kept.
pub(crate) const PROFILE: &str = "crates/xtask/src/build/split/idle.txt";

/// Parts of functions, each as a number.
pub(super) type Parts = BTreeSet<u32>;

/// Whether a profile may say something of a function: our own, what libraries wrap around our closures, and putting something into an ordered
/// map: the small ones stay small, and the large ones are large in every load. What an allocator, a map or a text
/// happens to need, how wide a number is written, and when something is dropped, depends on more than a few loads can show.
pub(super) fn profiled(name: &str) -> bool {
    const WRAP: &[&str] =
        &["alloc::collections::btree::map::BTreeMap<K,V,A>::insert", "core::iter::", "core::ops::function::", "js_sys::", "wasm_bindgen::"];
    let ours = name.contains("hookswitch_") || WRAP.iter().any(|start| name.trim_start_matches('<').starts_with(start));
    ours && !name.contains("drop") && !name.contains("fmt::")
}

/// Reads a profile: a number in each line.
pub(super) fn read(text: &str) -> Parts {
    text.lines().filter_map(|line| u32::from_str_radix(line, 16).ok()).collect()
}

/// Writes a profile.
pub(super) fn write(parts: &Parts) -> String {
    parts.iter().map(|part| format!("{part:08x}\n")).collect()
}

/// The ends of a function's sequences, as numbers.
#[derive(Debug)]
pub(super) struct Ends {
    /// From each place where one may begin.
    of: BTreeMap<(InstrSeqId, usize), End>,
    /// What lies in each sequence, and where.
    inner: HashMap<InstrSeqId, Vec<(usize, InstrSeqId)>>,
    entry: InstrSeqId,
}

/// The end of a sequence.
#[derive(Clone, Copy, Debug)]
struct End {
    number: u32,
    /// About how long it is.
    bytes: usize,
}

impl Ends {
    /// Reads a function.
    pub(super) fn of(module: &Module, id: FunctionId, function: &LocalFunction) -> Self {
        let mut ends = Self { of: BTreeMap::new(), inner: HashMap::new(), entry: function.entry_block() };
        let name = stable(module.funcs.get(id).name.as_deref().unwrap_or("?"));
        ends.sequence(module, function, &name, function.entry_block());
        ends
    }

    fn sequence(&mut self, module: &Module, function: &LocalFunction, name: &str, id: InstrSeqId) -> End {
        let instrs = &function.block(id).instrs;
        let mut end = End { number: mixed(SEED, name), bytes: 0 };
        for at in (0..instrs.len()).rev() {
            let (instr, _) = &instrs[at];
            end.number = mixed(end.number, &told(module, instr));
            end.bytes += outline::bytes(instr);
            for inner in cold::inner(instr) {
                self.inner.entry(id).or_default().push((at, inner));
                let inner = self.sequence(module, function, name, inner);
                end.number = mixed(end.number, &inner.number.to_string());
                end.bytes += inner.bytes;
            }
            if begins(instrs, at) {
                self.of.insert((id, at), end);
            }
        }
        end
    }

    /// The number of the end that begins there, if it is long enough to matter.
    pub(super) fn number(&self, id: InstrSeqId, at: usize) -> Option<u32> {
        self.of.get(&(id, at)).filter(|end| end.bytes >= SHORTEST).map(|end| end.number)
    }

    /// The outermost ends that are wanted by their places.
    fn outermost(&self, wanted: impl Fn(InstrSeqId, usize) -> bool) -> Cold {
        let mut found = Cold::new();
        let mut open = vec![self.entry];
        while let Some(id) = open.pop() {
            let begin = self.of.range((id, 0)..=(id, usize::MAX)).map(|((_, at), _)| *at).find(|at| wanted(id, *at));
            found.extend(begin.map(|at| (id, at)));
            let inner = self.inner.get(&id).into_iter().flatten();
            open.extend(inner.filter(|(at, _)| begin.is_none_or(|begin| *at < begin)).map(|(_, inner)| *inner));
        }
        found
    }

    /// The ends that are in a profile.
    pub(super) fn known(&self, parts: &Parts) -> Cold {
        self.outermost(|id, at| self.number(id, at).is_some_and(|number| parts.contains(&number)))
    }
}

/// Makes a profile of what ran: of each stretch of instructions the sequence that it is in and where it begins there.
pub(super) fn learn(functions: &[Ends], ran: &HashSet<(InstrSeqId, usize)>) -> Parts {
    let mut parts = Parts::new();
    // What looks like something that ran is not known to be idle.
    let busy: Parts =
        functions.iter().flat_map(|ends| &ends.of).filter(|(place, _)| ran.contains(place)).map(|(_, end)| end.number).collect();
    for ends in functions {
        let idle = |id, at| !ran.contains(&(id, at)) && ends.number(id, at).is_some_and(|number| !busy.contains(&number));
        parts.extend(ends.outermost(idle).into_iter().filter_map(|(id, at)| ends.number(id, at)));
    }
    parts
}

/// Whether a stretch of instructions begins there that nothing leaves or enters in between: one that may not run though what is before it did.
pub(super) fn begins(instrs: &[(Instr, ir::InstrLocId)], at: usize) -> bool {
    at == 0 || matches!(instrs[at - 1].0, Instr::BrIf(_)) || !cold::inner(&instrs[at - 1].0).is_empty()
}

/// A name without what differs from machine to machine.
fn stable(name: &str) -> String {
    let mut stable = String::new();
    let plain = globs::plain(name);
    let mut rest = plain.as_str();
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_hexdigit()) {
        let run = rest[at..].find(|letter: char| !letter.is_ascii_hexdigit()).unwrap_or(rest.len() - at);
        stable.push_str(&rest[..at]);
        if run < 16 {
            stable.push_str(&rest[at..at + run]);
        }
        rest = &rest[at + run..];
    }
    stable + rest
}

/// What an instruction does.
fn told(module: &Module, instr: &Instr) -> String {
    match instr {
        Instr::Call(call) => format!("call {}", stable(module.funcs.get(call.func).name.as_deref().unwrap_or("?"))),
        Instr::Binop(ir::Binop { op }) => format!("{op:?}"),
        Instr::Unop(ir::Unop { op }) => format!("{op:?}"),
        Instr::Load(ir::Load { kind, .. }) => format!("load {kind:?}"),
        Instr::Store(ir::Store { kind, .. }) => format!("store {kind:?}"),
        Instr::BrTable(table) => format!("table {}", table.blocks.len()),
        other => format!("{:?}", std::mem::discriminant(other)),
    }
}

/// FNV-1a: a number for a text, after others.
fn mixed(before: u32, text: &str) -> u32 {
    text.bytes().chain([0]).fold(before, |number, byte| (number ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

const SEED: u32 = 0x811c_9dc5;
/// Shorter ends are not worth a place in the profile.
const SHORTEST: usize = 24;
