//! What the bodies of a module's functions mention.

use std::collections::{BTreeSet, HashMap, HashSet};

use walrus::{
    ConstExpr, DataKind, ElementItems, ElementKind, FunctionId, FunctionKind, LocalFunction, Module, TableId,
    ir::{self, Instr, InstrSeqId, Value},
};

use super::cold::{self, Cold};

/// What one function mentions.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Called by name, once per call.
    pub(super) calls: Vec<FunctionId>,
    /// Every number written in it: some are slots of the table, some addresses of data.
    pub(super) numbers: Vec<u32>,
    /// Functions taken as a value.
    pub(super) taken: Vec<FunctionId>,
}

impl Body {
    /// Reads a function but for what is cold in it.
    pub(super) fn read(function: &LocalFunction, cold: &Cold) -> Self {
        let mut body = Self::default();
        let mut open = vec![function.entry_block()];
        while let Some(id) = open.pop() {
            let instrs = &function.block(id).instrs;
            let warm = cold.get(&id).copied().unwrap_or(instrs.len());
            for (instr, _) in &instrs[..warm] {
                body.take(instr);
                open.extend(cold::inner(instr));
            }
        }
        body
    }

    fn take(&mut self, instr: &Instr) {
        match instr {
            Instr::Call(call) => self.calls.push(call.func),
            Instr::Const(ir::Const { value: Value::I32(number) }) => self.numbers.push(number.cast_unsigned()),
            // Two numbers that are stored side by side are written as one.
            Instr::Const(ir::Const { value: Value::I64(number) }) => {
                let number = number.cast_unsigned();
                self.numbers.extend([number as u32, (number >> 32) as u32]);
            }
            // A table that lies in the data is read with its address in the instruction.
            Instr::Load(load) => self.numbers.extend(u32::try_from(load.arg.offset)),
            Instr::Store(store) => self.numbers.extend(u32::try_from(store.arg.offset)),
            Instr::RefFunc(function) => self.taken.push(function.func),
            _ => {}
        }
    }
}

/// The sequences that are the body of a loop.
pub(super) type Loops = HashSet<InstrSeqId>;

/// Every sequence of a function once, and which of them are loops.
pub(super) fn sequences(function: &LocalFunction) -> (BTreeSet<InstrSeqId>, Loops) {
    let (mut found, mut loops, mut open) = (BTreeSet::new(), Loops::new(), vec![function.entry_block()]);
    while let Some(id) = open.pop() {
        found.insert(id);
        for (instr, _) in &function.block(id).instrs {
            open.extend(cold::inner(instr));
            if let Instr::Loop(block) = instr {
                loops.insert(block.seq);
            }
        }
    }
    (found, loops)
}

/// A module, read once and asked often.
#[derive(Debug)]
pub(super) struct Bodies {
    /// Every function that is not imported, in the order of the module.
    pub(super) of: Vec<(FunctionId, Body)>,
    /// The function in each slot of the function table.
    pub(super) slots: HashMap<u32, FunctionId>,
    /// The data at its addresses.
    data: Vec<(u32, Vec<u8>)>,
}

impl Bodies {
    /// Reads all of a module's bodies. `table` is the function table.
    pub(super) fn read(module: &Module, table: TableId) -> Self {
        let mut of = Vec::new();
        for function in module.funcs.iter() {
            let FunctionKind::Local(local) = &function.kind else { continue };
            of.push((function.id(), Body::read(local, &Cold::new())));
        }
        let mut slots = HashMap::new();
        for (offset, functions) in elements(module, table) {
            slots.extend((offset..).zip(functions.iter().copied()));
        }
        let data = module.data.iter().filter_map(|data| match data.kind {
            DataKind::Active { offset: ConstExpr::Value(Value::I32(offset)), .. } => Some((offset.cast_unsigned(), data.value.clone())),
            _ => None,
        });
        Self { of, slots, data: data.collect() }
    }

    /// The four bytes at an address as a number; `None` where the module has no data.
    pub(super) fn word(&self, address: u32) -> Option<u32> {
        let (start, data) = self.data.iter().find(|(start, data)| (*start..*start + data.len() as u32).contains(&address))?;
        let at = (address - start) as usize;
        Some(u32::from_le_bytes(data.get(at..at + 4)?.try_into().ok()?))
    }
}

/// The filled parts of the function table: where they begin and what they hold.
pub(super) fn elements(module: &Module, table: TableId) -> impl Iterator<Item = (u32, &Vec<FunctionId>)> {
    module.elements.iter().filter_map(move |element| match (&element.kind, &element.items) {
        (ElementKind::Active { table: of, offset: ConstExpr::Value(Value::I32(offset)) }, ElementItems::Functions(functions))
            if *of == table =>
        {
            Some((offset.cast_unsigned(), functions))
        }
        _ => None,
    })
}
