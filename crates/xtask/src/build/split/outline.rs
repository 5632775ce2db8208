//! Takes the seldom parts of a function that stays out into functions of their own, which can leave.
//!
//! Such a part is the end of a sequence. It becomes a function that is given the locals which it reads, and gives back those which it sets
//! and which are read after it; if it can be left in more than one way, also in which. In its place stands a call, and the way on.

use std::collections::{BTreeSet, HashMap, HashSet};

use walrus::{
    FunctionBuilder, FunctionId, FunctionKind, LocalFunction, Module, ValType,
    ir::{self, Instr, InstrLocId, InstrSeqId, InstrSeqType, LocalId, Value},
};

use super::{
    body::{Loops, sequences},
    cold::{self, Cold},
    live::Live,
    stack,
};

/// What the names of such functions begin with. The name of the function that they come from follows.
pub(super) const SELDOM: &str = "seldom: ";

/// Takes the parts of a function that begin where `cold` says into functions of their own, as far as that makes it smaller.
pub(super) fn outline(module: &mut Module, id: FunctionId, cold: Cold) {
    let name = format!("{SELDOM}{}", module.funcs.get(id).name.as_deref().unwrap_or("?"));
    let FunctionKind::Local(function) = &module.funcs.get(id).kind else { return };
    if cold.is_empty() || !stack::known(module, function) {
        return;
    }
    let parts = parts(module, function, cold);
    for part in parts {
        let taken = part.take(module, id);
        module.funcs.get_mut(taken).name = Some(name.clone());
        let call = part.call(taken);
        let instrs = &mut module.funcs.get_mut(id).kind.unwrap_local_mut().block_mut(part.sequence).instrs;
        instrs.truncate(part.from);
        instrs.extend(call.into_iter().map(|instr| (instr, InstrLocId::default())));
    }
}

/// A way out of a part.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Exit {
    /// Its end, which is the end of the sequence that it is in.
    Through,
    /// A branch to a sequence around it.
    To(InstrSeqId),
    /// The end of the function.
    Return,
}

/// The end of a sequence that is to be a function.
#[derive(Debug)]
struct Part {
    sequence: InstrSeqId,
    /// Its first instruction.
    from: usize,
    /// The sequence is a loop's, so that a branch to it leads to its beginning.
    in_loop: bool,
    /// The function's own sequence: a branch to it leaves the function.
    entry: InstrSeqId,
    /// The locals that it is given.
    given: Vec<LocalId>,
    /// The locals that it gives back.
    back: Vec<LocalId>,
    /// The ways out of it and what each carries on the stack. The first is the one that its last instruction may take.
    exits: Vec<(Exit, Vec<ValType>)>,
}

/// The parts of a function that are worth it.
fn parts(module: &Module, function: &LocalFunction, mut cold: Cold) -> Vec<Part> {
    let (_, loops) = sequences(function);
    let live = Live::of(function);
    let mut parts = Vec::new();
    let mut open = vec![function.entry_block()];
    while let Some(id) = open.pop() {
        let instrs = &function.block(id).instrs;
        let warm = cold.get(&id).copied().unwrap_or(instrs.len());
        let part = (warm < instrs.len())
            .then(|| stack::stands(module, function, &loops, id, warm))
            .flatten()
            .and_then(|from| Part::of(module, function, &loops, &live, id, from));
        // What is left of it may still have parts inside.
        let until = part.as_ref().map_or(instrs.len(), |part| part.from);
        for (at, (instr, _)) in instrs[..until].iter().enumerate() {
            for inner in cold::inner(instr) {
                if at >= warm {
                    cold.insert(inner, 0);
                }
                open.push(inner);
            }
        }
        parts.extend(part);
    }
    parts
}

impl Part {
    /// The part that begins at `from`; `None` if it is not worth a function or cannot be one.
    fn of(module: &Module, function: &LocalFunction, loops: &Loops, live: &Live<'_>, sequence: InstrSeqId, from: usize) -> Option<Self> {
        let entry = function.entry_block();
        let mut look =
            Look { function, inside: HashSet::new(), exits: BTreeSet::new(), read: BTreeSet::new(), set: BTreeSet::new(), bytes: 0 };
        let instrs = &function.block(sequence).instrs[from..];
        look.read(instrs);
        let in_loop = loops.contains(&sequence);
        let mut exits = BTreeSet::new();
        if !instrs.last().is_some_and(|(instr, _)| stack::ends(instr)) {
            exits.insert(Exit::Through);
        }
        exits.extend(look.exits.iter().map(|exit| match exit {
            // The end of the function is the end of its own sequence.
            Exit::Return | Exit::To(_) if *exit == Exit::Return || *exit == Exit::To(entry) => {
                if sequence == entry {
                    Exit::Through
                } else {
                    Exit::Return
                }
            }
            Exit::To(target) if *target == sequence && !in_loop => Exit::Through,
            exit => *exit,
        }));
        let exits: Vec<(Exit, Vec<ValType>)> = exits
            .into_iter()
            .map(|exit| {
                let carried = match exit {
                    Exit::Through => stack::signature(module, function.block(sequence).ty).1,
                    Exit::To(target) => stack::carried(module, function, loops, target),
                    Exit::Return => module.types.params_results(function.ty()).1.to_vec(),
                };
                (exit, carried)
            })
            .collect();
        let after: BTreeSet<LocalId> = exits
            .iter()
            .flat_map(|(exit, _)| match exit {
                Exit::Through => live.after(sequence),
                Exit::To(target) => live.target(*target),
                Exit::Return => BTreeSet::new(),
            })
            .collect();
        let back: Vec<LocalId> = look.set.intersection(&after).copied().collect();
        let before = live.before(sequence, from);
        let wanted = |local: &LocalId| before.contains(local) && (look.read.contains(local) || back.contains(local));
        let mut given: Vec<LocalId> = look.read.iter().chain(&back).copied().filter(wanted).collect::<BTreeSet<_>>().into_iter().collect();
        // Equal signatures share a waiter.
        given.sort_by_key(|local| (module.locals.get(*local).ty(), *local));
        let part = Self { sequence, from, in_loop, entry, given, back, exits };
        (part.possible(module) && look.bytes >= part.cost() + WORTH).then_some(part)
    }

    /// Whether the way on can be written.
    fn possible(&self, module: &Module) -> bool {
        let number = |ty: &ValType| matches!(ty, ValType::I32 | ValType::I64 | ValType::F32 | ValType::F64);
        if !self.given.iter().chain(&self.back).all(|local| number(&module.locals.get(*local).ty())) {
            return false;
        }
        let carried = self.carried();
        if !carried.iter().all(number) || carried.len() + self.back.len() + usize::from(self.exits.len() > 1) > MOST_BACK {
            return false;
        }
        match self.exits.len() {
            0 | 1 => true,
            // Either carries what the other does, or nothing.
            2 => self.exits.iter().all(|(_, own)| own.is_empty() || *own == carried),
            _ => self.exits.iter().all(|(exit, own)| *own == carried && !(*exit == Exit::Through && self.in_loop)),
        }
    }

    /// What is carried out of it on the stack, at most.
    fn carried(&self) -> Vec<ValType> {
        self.exits.iter().map(|(_, own)| own).max_by_key(|own| own.len()).cloned().unwrap_or_default()
    }

    /// About how many bytes the first half has for it instead.
    fn cost(&self) -> usize {
        CALL + 2 * (self.given.len() + self.back.len() + self.exits.len())
    }

    /// Makes the function.
    fn take(&self, module: &mut Module, from: FunctionId) -> FunctionId {
        let types = |module: &Module, locals: &[LocalId]| locals.iter().map(|local| module.locals.get(*local).ty()).collect::<Vec<_>>();
        let given = types(module, &self.given);
        let carried = self.carried();
        let which = (self.exits.len() > 1).then_some(ValType::I32);
        let results: Vec<ValType> = carried.iter().copied().chain(which).chain(types(module, &self.back)).collect();
        let mut made = FunctionBuilder::new(&mut module.types, &given, &results);
        let blocks: Vec<InstrSeqId> =
            self.exits.iter().map(|(_, own)| made.dangling_instr_seq(InstrSeqType::new(&mut module.types, &[], own)).id()).collect();
        let function = module.funcs.get(from).kind.unwrap_local();
        let mut copy = Copy { function, part: self, made: &mut made, blocks: &blocks, copied: HashMap::new() };
        let mut body = copy.instrs(&function.block(self.sequence).instrs[self.from..]);
        for (number, (_, own)) in self.exits.iter().enumerate() {
            made.instr_seq(blocks[number]).instrs_mut().extend(body.drain(..).map(|instr| (instr, InstrLocId::default())));
            body.push(ir::Block { seq: blocks[number] }.into());
            if own.is_empty() {
                body.extend(carried.iter().map(|ty| nothing(*ty)));
            }
            if which.is_some() {
                body.push(number_of(number));
            }
            body.extend(self.back.iter().map(|local| ir::LocalGet { local: *local }.into()));
            if number + 1 < self.exits.len() {
                body.push(ir::Return {}.into());
            }
        }
        if self.exits.is_empty() {
            body.push(ir::Unreachable {}.into());
        }
        made.func_body().instrs_mut().extend(body.into_iter().map(|instr| (instr, InstrLocId::default())));
        made.finish(self.given.clone(), &mut module.funcs)
    }

    /// What stands in its place.
    fn call(&self, taken: FunctionId) -> Vec<Instr> {
        let mut instrs: Vec<Instr> = self.given.iter().map(|local| ir::LocalGet { local: *local }.into()).collect();
        instrs.push(ir::Call { func: taken }.into());
        instrs.extend(self.back.iter().rev().map(|local| Instr::from(ir::LocalSet { local: *local })));
        match self.exits.as_slice() {
            [] => instrs.push(ir::Unreachable {}.into()),
            [(only, _)] => instrs.extend(self.leave(*only)),
            [(first, own), (second, other)] => {
                instrs.push(ir::BrIf { block: self.label(*second) }.into());
                if own.is_empty() {
                    instrs.extend(other.iter().map(|_| Instr::from(ir::Drop {})));
                }
                instrs.extend(self.leave(*first));
            }
            many => {
                let mut blocks: Vec<InstrSeqId> = many.iter().map(|(exit, _)| self.label(*exit)).collect();
                let default = blocks.pop().unwrap_or(self.entry);
                instrs.push(ir::BrTable { blocks: blocks.into(), default }.into());
            }
        }
        instrs
    }

    /// Leaves for an exit without a condition.
    fn leave(&self, exit: Exit) -> Option<Instr> {
        match exit {
            Exit::Through => None,
            Exit::To(block) => Some(ir::Br { block }.into()),
            Exit::Return => Some(ir::Return {}.into()),
        }
    }

    /// Where a branch to an exit leads.
    fn label(&self, exit: Exit) -> InstrSeqId {
        match exit {
            Exit::Through => self.sequence,
            Exit::To(block) => block,
            Exit::Return => self.entry,
        }
    }

    /// The number of the exit that a branch to a sequence is.
    fn exit(&self, target: InstrSeqId) -> usize {
        let exit = if target == self.sequence && !self.in_loop {
            Exit::Through
        } else if target == self.entry {
            Exit::Return
        } else {
            Exit::To(target)
        };
        self.exits.iter().position(|(own, _)| *own == exit).unwrap_or_default()
    }
}

/// Reads a part.
struct Look<'all> {
    function: &'all LocalFunction,
    /// The sequences inside of it.
    inside: HashSet<InstrSeqId>,
    exits: BTreeSet<Exit>,
    read: BTreeSet<LocalId>,
    set: BTreeSet<LocalId>,
    /// About how long it is.
    bytes: usize,
}

impl Look<'_> {
    fn read(&mut self, instrs: &[(Instr, InstrLocId)]) {
        for (instr, _) in instrs {
            self.bytes += bytes(instr);
            let targets = match instr {
                Instr::LocalGet(get) => {
                    self.read.insert(get.local);
                    continue;
                }
                Instr::LocalSet(set) => {
                    self.set.insert(set.local);
                    continue;
                }
                Instr::LocalTee(tee) => {
                    self.set.insert(tee.local);
                    continue;
                }
                Instr::Br(br) => vec![br.block],
                Instr::BrIf(br) => vec![br.block],
                Instr::BrTable(br) => br.blocks.iter().copied().chain([br.default]).collect(),
                Instr::Return(_) => {
                    self.exits.insert(Exit::Return);
                    continue;
                }
                _ => Vec::new(),
            };
            self.exits.extend(targets.into_iter().filter(|target| !self.inside.contains(target)).map(Exit::To));
            for inner in cold::inner(instr) {
                self.inside.insert(inner);
                self.read(&self.function.block(inner).instrs);
            }
        }
    }
}

/// Copies the instructions of a part into its function.
struct Copy<'all> {
    function: &'all LocalFunction,
    part: &'all Part,
    made: &'all mut FunctionBuilder,
    /// What is left for each exit.
    blocks: &'all [InstrSeqId],
    /// The sequences inside, and what they are in the new function.
    copied: HashMap<InstrSeqId, InstrSeqId>,
}

impl Copy<'_> {
    fn instrs(&mut self, instrs: &[(Instr, InstrLocId)]) -> Vec<Instr> {
        instrs.iter().map(|(instr, _)| self.instr(instr)).collect()
    }

    fn instr(&mut self, instr: &Instr) -> Instr {
        match instr {
            Instr::Block(block) => ir::Block { seq: self.sequence(block.seq) }.into(),
            Instr::Loop(block) => ir::Loop { seq: self.sequence(block.seq) }.into(),
            Instr::IfElse(both) => {
                ir::IfElse { consequent: self.sequence(both.consequent), alternative: self.sequence(both.alternative) }.into()
            }
            Instr::Br(br) => ir::Br { block: self.target(br.block) }.into(),
            Instr::BrIf(br) => ir::BrIf { block: self.target(br.block) }.into(),
            Instr::BrTable(br) => {
                let blocks = br.blocks.iter().map(|block| self.target(*block)).collect();
                ir::BrTable { blocks, default: self.target(br.default) }.into()
            }
            Instr::Return(_) => ir::Br { block: self.target(self.part.entry) }.into(),
            other => other.clone(),
        }
    }

    fn sequence(&mut self, id: InstrSeqId) -> InstrSeqId {
        let sequence = self.function.block(id);
        let made = self.made.dangling_instr_seq(sequence.ty).id();
        self.copied.insert(id, made);
        let instrs = self.instrs(&sequence.instrs);
        self.made.instr_seq(made).instrs_mut().extend(instrs.into_iter().map(|instr| (instr, InstrLocId::default())));
        made
    }

    fn target(&self, id: InstrSeqId) -> InstrSeqId {
        self.copied.get(&id).copied().unwrap_or_else(|| self.blocks[self.part.exit(id)])
    }
}

fn number_of(number: usize) -> Instr {
    ir::Const { value: Value::I32(number as i32) }.into()
}

/// A value that nobody reads.
fn nothing(ty: ValType) -> Instr {
    let value = match ty {
        ValType::I64 => Value::I64(0),
        ValType::F32 => Value::F32(0.0),
        ValType::F64 => Value::F64(0.0),
        _ => Value::I32(0),
    };
    ir::Const { value }.into()
}

/// About how many bytes an instruction takes.
pub(super) fn bytes(instr: &Instr) -> usize {
    match instr {
        Instr::Block(_) | Instr::Loop(_) | Instr::Load(_) | Instr::Store(_) | Instr::Call(_) | Instr::CallIndirect(_) => 3,
        Instr::IfElse(_) | Instr::GlobalGet(_) | Instr::GlobalSet(_) => 4,
        Instr::BrTable(br) => 3 + br.blocks.len(),
        Instr::Const(ir::Const { value: Value::I32(number) }) if (-64..64).contains(number) => 2,
        Instr::Const(_) => 4,
        Instr::Br(_) | Instr::BrIf(_) | Instr::LocalGet(_) | Instr::LocalSet(_) | Instr::LocalTee(_) => 2,
        _ => 1,
    }
}

/// What a call through a slot takes, with the slot and its place in the table.
const CALL: usize = 12;
/// How many bytes less are worth it.
const WORTH: usize = 12;
/// How many values a part may give back.
const MOST_BACK: usize = 3;
