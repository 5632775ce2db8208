//! Which parts of a function cannot be run without running a *later* function too, or without a trap: they are as late.

use std::collections::{HashMap, HashSet};

use walrus::{
    FunctionId, LocalFunction,
    ir::{Instr, InstrSeqId},
};

/// Of each sequence that has a cold end: where that begins.
pub(super) type Cold = HashMap<InstrSeqId, usize>;

/// Finds the cold ends of a function's sequences. A function that is cold from its first instruction on is later itself.
pub(super) fn cold(function: &LocalFunction, later: &HashSet<FunctionId>) -> Cold {
    let mut look = Look { function, later, whole: HashMap::new() };
    let mut cold = Cold::new();
    let mut open = vec![function.entry_block()];
    while let Some(id) = open.pop() {
        let instrs = &function.block(id).instrs;
        let mut start = Some(0);
        while let Some(from) = start {
            match look.from(id, from) {
                Way::Cold => {
                    cold.insert(id, from);
                    break;
                }
                Way::Out(at) => start = Some(at + 1).filter(|next| *next < instrs.len()),
                Way::Through => start = None,
            }
        }
        // What lies inside a cold end is cold with it.
        let warm = cold.get(&id).copied().unwrap_or(instrs.len());
        open.extend(instrs[..warm].iter().flat_map(|(instr, _)| inner(instr)));
    }
    cold
}

/// The sequences inside an instruction.
pub(super) fn inner(instr: &Instr) -> Vec<InstrSeqId> {
    match instr {
        Instr::Block(block) => vec![block.seq],
        Instr::IfElse(both) => vec![both.consequent, both.alternative],
        Instr::Loop(block) => vec![block.seq],
        Instr::TryTable(tried) => vec![tried.seq],
        _ => Vec::new(),
    }
}

/// What comes of running some instructions in a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Way {
    /// Sooner or later a later function, or a trap.
    Cold,
    /// The instruction at this place may leave the row before.
    Out(usize),
    /// Their end may be reached, and nothing leaves the row before.
    Through,
}

struct Look<'all> {
    function: &'all LocalFunction,
    later: &'all HashSet<FunctionId>,
    /// What is known of whole sequences, seen from outside of them.
    whole: HashMap<InstrSeqId, Way>,
}

impl Look<'_> {
    fn from(&mut self, id: InstrSeqId, from: usize) -> Way {
        for (at, (instr, _)) in self.function.block(id).instrs.iter().enumerate().skip(from) {
            match instr {
                Instr::Unreachable(_) => return Way::Cold,
                Instr::Call(call) if self.later.contains(&call.func) => return Way::Cold,
                Instr::Block(block) => match self.whole(block.seq) {
                    Way::Cold => return Way::Cold,
                    Way::Out(_) => return Way::Out(at),
                    Way::Through => {}
                },
                Instr::Loop(block) => match self.whole(block.seq) {
                    Way::Cold => return Way::Cold,
                    Way::Out(_) => return Way::Out(at),
                    Way::Through => {}
                },
                Instr::IfElse(both) => match (self.whole(both.consequent), self.whole(both.alternative)) {
                    (Way::Cold, Way::Cold) => return Way::Cold,
                    (Way::Out(_), _) | (_, Way::Out(_)) => return Way::Out(at),
                    _ => {}
                },
                other if leaves(other) => return Way::Out(at),
                _ => {}
            }
        }
        Way::Through
    }

    /// A whole sequence seen from outside: leaving it for its own end leads on to what follows it.
    fn whole(&mut self, id: InstrSeqId) -> Way {
        if let Some(way) = self.whole.get(&id) {
            return *way;
        }
        let way = match self.from(id, 0) {
            Way::Out(_) if self.stays(id) => Way::Through,
            way => way,
        };
        self.whole.insert(id, way);
        way
    }

    /// Whether nothing inside a sequence leads to somewhere outside of it but its own end.
    fn stays(&self, id: InstrSeqId) -> bool {
        let mut inside = HashSet::from([id]);
        let mut open = vec![id];
        let mut targets = Vec::new();
        while let Some(id) = open.pop() {
            for (instr, _) in &self.function.block(id).instrs {
                let deeper = inner(instr);
                inside.extend(&deeper);
                open.extend(deeper);
                match instr {
                    Instr::Br(br) => targets.push(br.block),
                    Instr::BrIf(br) => targets.push(br.block),
                    Instr::BrTable(br) => targets.extend(br.blocks.iter().copied().chain([br.default])),
                    other if leaves(other) => return false,
                    _ => {}
                }
            }
        }
        targets.iter().all(|target| inside.contains(target))
    }
}

/// Whether an instruction may lead to somewhere else than the next one. What a release build of Rust does not use counts as such.
fn leaves(instr: &Instr) -> bool {
    matches!(
        instr,
        Instr::Br(_)
            | Instr::BrIf(_)
            | Instr::BrTable(_)
            | Instr::Return(_)
            | Instr::ReturnCall(_)
            | Instr::ReturnCallIndirect(_)
            | Instr::Throw(_)
            | Instr::ThrowRef(_)
            | Instr::Try(_)
            | Instr::TryTable(_)
            | Instr::BrOnNull(_)
            | Instr::BrOnNonNull(_)
    )
}
