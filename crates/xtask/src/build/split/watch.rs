//! Watches which parts of the first half run: every stretch of instructions that nothing leaves or enters in between notes that it ran.

use std::collections::BTreeMap;

use walrus::{
    ConstExpr, FunctionId, FunctionKind, Global, GlobalId, Module, ValType,
    ir::{self, BinaryOp, Instr, InstrSeqId, Value},
};

use super::{
    body::sequences,
    cold,
    cut::NOTED,
    globs,
    idle::{self, Ends},
};

/// A first half that is watched.
#[derive(Debug)]
pub(crate) struct Watched {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// What each note stands for.
    pub(crate) stretches: Vec<Stretch>,
    /// The functions of the rest by the slots under which the first half calls them.
    pub(crate) rest: BTreeMap<u32, String>,
}

/// A whole module that is watched.
#[derive(Debug)]
pub(crate) struct Learner {
    /// The module.
    pub(crate) wasm: Vec<u8>,
    /// Where what each note stands for begins.
    pub(super) places: Vec<(InstrSeqId, usize)>,
    /// Its functions.
    pub(super) functions: Vec<Ends>,
}

impl Learner {
    /// The profile of what did not run, after all notes were collected: 32 in each word.
    pub(crate) fn profile(&self, words: &[u32]) -> String {
        let noted = |bit: usize| words.get(bit / 32).is_some_and(|word| word >> (bit % 32) & 1 == 1);
        let ran = self.places.iter().enumerate().filter(|(bit, _)| noted(*bit)).map(|(_, place)| *place).collect();
        idle::write(&idle::learn(&self.functions, &ran))
    }
}

/// A stretch of instructions. Its place in the list is the number of the bit that is set once it has run.
#[derive(Debug)]
pub(crate) struct Stretch {
    /// The plain name of the function that it is in.
    pub(crate) function: String,
    /// How many instructions it has.
    pub(crate) size: usize,
    /// What it calls by name.
    pub(crate) calls: Vec<String>,
}

/// Makes every function of a module note what runs: bits in globals that are exported as `ran0`, `ran1` …, 32 in each. Says of each bit what
/// it stands for, and where that began.
pub(super) fn watch(module: &mut Module) -> (Vec<Stretch>, Vec<(InstrSeqId, usize)>) {
    let noted = module.globals.iter().find(|global| global.name.as_deref() == Some(NOTED)).map(Global::id);
    if let Some(noted) = noted {
        module.exports.add(NOTED, noted);
    }
    let functions: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).collect();
    let (mut stretches, mut places) = (Vec::new(), Vec::new());
    let mut globals: Vec<GlobalId> = Vec::new();
    for id in functions {
        let name = name(module, id);
        let (sequences, _) = sequences(module.funcs.get(id).kind.unwrap_local());
        for sequence in sequences {
            let FunctionKind::Local(local) = &module.funcs.get(id).kind else { continue };
            let (mut starts, mut from) = (Vec::new(), 0);
            let instrs = &local.block(sequence).instrs;
            for (at, (instr, _)) in instrs.iter().enumerate() {
                if at + 1 == instrs.len() || matches!(instr, Instr::BrIf(_)) || !cold::inner(instr).is_empty() {
                    let calls = instrs[from..=at].iter().filter_map(|(instr, _)| match instr {
                        Instr::Call(call) => Some(self::name(module, call.func)),
                        _ => None,
                    });
                    stretches.push(Stretch { function: name.clone(), size: at + 1 - from, calls: calls.collect() });
                    places.push((sequence, from));
                    starts.push((from, stretches.len() - 1));
                    from = at + 1;
                }
            }
            for (at, bit) in starts.into_iter().rev() {
                while globals.len() <= bit / 32 {
                    let global = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
                    module.exports.add(&format!("ran{}", globals.len()), global);
                    globals.push(global);
                }
                let global = globals[bit / 32];
                let note: [Instr; 4] = [
                    ir::GlobalGet { global }.into(),
                    ir::Const { value: Value::I32((1_u32 << (bit % 32)).cast_signed()) }.into(),
                    ir::Binop { op: BinaryOp::I32Or }.into(),
                    ir::GlobalSet { global }.into(),
                ];
                let local = module.funcs.get_mut(id).kind.unwrap_local_mut();
                let place = local.block(sequence).instrs.get(at).map_or_else(Default::default, |(_, place)| *place);
                local.block_mut(sequence).instrs.splice(at..at, note.map(|instr| (instr, place)));
            }
        }
    }
    (stretches, places)
}

fn name(module: &Module, function: FunctionId) -> String {
    globs::plain(module.funcs.get(function).name.as_deref().unwrap_or("?"))
}
