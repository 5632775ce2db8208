//! From where on the end of a sequence stands by itself: it takes nothing from the operand stack that was put there before.

use walrus::{
    LocalFunction, Module, ValType,
    ir::{Instr, InstrSeqId, InstrSeqType},
};

use super::body::{Loops, sequences};

/// The values that a sequence, or what follows it, is given and gives.
pub(super) fn signature(module: &Module, ty: InstrSeqType) -> (Vec<ValType>, Vec<ValType>) {
    match ty {
        InstrSeqType::Simple(result) => (Vec::new(), result.into_iter().collect()),
        InstrSeqType::MultiValue(ty) => {
            let (given, results) = module.types.params_results(ty);
            (given.to_vec(), results.to_vec())
        }
    }
}

/// The values that a branch to a sequence carries.
pub(super) fn carried(module: &Module, function: &LocalFunction, loops: &Loops, target: InstrSeqId) -> Vec<ValType> {
    let (given, results) = signature(module, function.block(target).ty);
    if loops.contains(&target) { given } else { results }
}

/// The first place not before `from` from which on a sequence stands by itself; `None` where there is none, or where that cannot be told.
pub(super) fn stands(module: &Module, function: &LocalFunction, loops: &Loops, id: InstrSeqId, from: usize) -> Option<usize> {
    let instrs = &function.block(id).instrs;
    // Before each instruction how high the stack is, and how low it is while the instruction takes its operands.
    let (mut heights, mut lows, mut height) = (Vec::new(), Vec::new(), 0_isize);
    for (instr, _) in &instrs[from..] {
        let (takes, gives) = takes_gives(module, function, loops, instr)?;
        heights.push(height);
        lows.push(height - takes);
        height += gives - takes;
    }
    let through = !instrs.last().is_some_and(|(instr, _)| ends(instr));
    let results = signature(module, function.block(id).ty).1.len() as isize;
    let mut low = isize::MAX;
    let mut first = None;
    for at in (0..heights.len()).rev() {
        low = low.min(lows[at]);
        if low >= heights[at] && (!through || height - heights[at] == results) {
            first = Some(from + at);
        }
    }
    first
}

/// Whether all of a function is told: what a release build of Rust does not have is not.
pub(super) fn known(module: &Module, function: &LocalFunction) -> bool {
    let (all, loops) = sequences(function);
    let mut instrs = all.iter().flat_map(|id| &function.block(*id).instrs);
    instrs.all(|(instr, _)| takes_gives(module, function, &loops, instr).is_some())
}

/// Whether nothing can follow an instruction.
pub(super) fn ends(instr: &Instr) -> bool {
    matches!(instr, Instr::Br(_) | Instr::BrTable(_) | Instr::Return(_) | Instr::Unreachable(_))
}

/// How many values an instruction takes from the stack and how many it puts there; `None`: not one that a release build of Rust has.
fn takes_gives(module: &Module, function: &LocalFunction, loops: &Loops, instr: &Instr) -> Option<(isize, isize)> {
    let sequence = |id: InstrSeqId, more: usize| {
        let (given, results) = signature(module, function.block(id).ty);
        (given.len() + more, results.len())
    };
    let called = |ty, more: usize| {
        let (given, results) = module.types.params_results(ty);
        (given.len() + more, results.len())
    };
    let target = |id| carried(module, function, loops, id).len();
    let (takes, gives) = match instr {
        Instr::Block(block) => sequence(block.seq, 0),
        Instr::Loop(block) => sequence(block.seq, 0),
        Instr::IfElse(both) => sequence(both.consequent, 1),
        Instr::Call(call) => called(module.funcs.get(call.func).ty(), 0),
        Instr::CallIndirect(call) => called(call.ty, 1),
        Instr::LocalGet(_) | Instr::GlobalGet(_) | Instr::Const(_) | Instr::MemorySize(_) | Instr::RefNull(_) | Instr::RefFunc(_) => (0, 1),
        Instr::LocalSet(_) | Instr::GlobalSet(_) | Instr::Drop(_) => (1, 0),
        Instr::LocalTee(_) | Instr::Unop(_) | Instr::Load(_) | Instr::MemoryGrow(_) | Instr::RefIsNull(_) | Instr::TableGet(_) => (1, 1),
        Instr::Binop(_) => (2, 1),
        Instr::Store(_) => (2, 0),
        Instr::Select(_) => (3, 1),
        Instr::MemoryCopy(_) | Instr::MemoryFill(_) => (3, 0),
        Instr::Unreachable(_) => (0, 0),
        Instr::Br(br) => (target(br.block), 0),
        Instr::BrIf(br) => (target(br.block) + 1, target(br.block)),
        Instr::BrTable(br) => (target(br.default) + 1, 0),
        Instr::Return(_) => (called(function.ty(), 0).1, 0),
        _ => return None,
    };
    Some((takes as isize, gives as isize))
}
