//! Which locals of a function are still read from some point of it on.

use std::collections::{BTreeSet, HashMap};

use walrus::{
    LocalFunction,
    ir::{Instr, InstrSeqId, LocalId},
};

/// Locals that are read before they are set anew.
pub(super) type Locals = BTreeSet<LocalId>;

/// What is known of one function.
#[derive(Debug)]
pub(super) struct Live<'all> {
    function: &'all LocalFunction,
    /// Before the instruction at a place of a sequence.
    before: HashMap<(InstrSeqId, usize), Locals>,
    /// Where a branch to a sequence leads: behind a block, to the beginning of a loop.
    target: HashMap<InstrSeqId, Locals>,
    /// Behind the last instruction of a sequence.
    after: HashMap<InstrSeqId, Locals>,
}

impl<'all> Live<'all> {
    /// Reads a function.
    pub(super) fn of(function: &'all LocalFunction) -> Self {
        let mut live = Self { function, before: HashMap::new(), target: HashMap::new(), after: HashMap::new() };
        live.target.insert(function.entry_block(), Locals::new());
        live.sequence(function.entry_block(), Locals::new());
        live
    }

    /// What is read from the instruction at `at` on.
    pub(super) fn before(&self, id: InstrSeqId, at: usize) -> Locals {
        self.before.get(&(id, at)).cloned().unwrap_or_default()
    }

    /// What is read after a branch to a sequence.
    pub(super) fn target(&self, id: InstrSeqId) -> Locals {
        self.target.get(&id).cloned().unwrap_or_default()
    }

    /// What is read after a sequence was run to its end.
    pub(super) fn after(&self, id: InstrSeqId) -> Locals {
        self.after.get(&id).cloned().unwrap_or_default()
    }

    /// From the end of a sequence to its beginning.
    fn sequence(&mut self, id: InstrSeqId, after: Locals) -> Locals {
        self.after.insert(id, after.clone());
        let mut live = after;
        for (at, (instr, _)) in self.function.block(id).instrs.iter().enumerate().rev() {
            live = self.instr(instr, live);
            self.before.insert((id, at), live.clone());
        }
        live
    }

    fn instr(&mut self, instr: &Instr, mut live: Locals) -> Locals {
        match instr {
            Instr::LocalGet(get) => drop(live.insert(get.local)),
            Instr::LocalSet(set) => drop(live.remove(&set.local)),
            Instr::LocalTee(tee) => drop(live.remove(&tee.local)),
            Instr::Block(block) => {
                self.target.insert(block.seq, live.clone());
                return self.sequence(block.seq, live);
            }
            Instr::IfElse(both) => {
                self.target.insert(both.consequent, live.clone());
                self.target.insert(both.alternative, live.clone());
                let mut one = self.sequence(both.consequent, live.clone());
                one.append(&mut self.sequence(both.alternative, live));
                return one;
            }
            Instr::Loop(block) => {
                // What the beginning reads is read behind every way back to it, until that says nothing new.
                let mut start = Locals::new();
                loop {
                    self.target.insert(block.seq, start.clone());
                    let found = self.sequence(block.seq, live.clone());
                    if found == start {
                        return start;
                    }
                    start = found;
                }
            }
            Instr::Br(br) => return self.target(br.block),
            Instr::BrIf(br) => live.append(&mut self.target(br.block)),
            Instr::BrTable(br) => {
                return br.blocks.iter().chain([&br.default]).flat_map(|target| self.target(*target)).collect();
            }
            Instr::Return(_) | Instr::Unreachable(_) => live.clear(),
            _ => {}
        }
        live
    }
}
