//! The two halves of a module.
//!
//! A function of the rest has a slot in the function table. Until the rest is there, the slot holds a *waiter*, one per signature: it asks
//! the page for the rest, which fills the slots with the real functions, and calls the slot again. Which slot that is was noted by the caller:
//! every indirect call of the first half notes its slot before it is made, and a direct call of a function that left became such a call.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalId, GlobalKind, ImportedFunction,
    LocalFunction, Module, TableId, TypeId, ValType,
    ir::{self, Instr, InstrSeq, Value, VisitorMut},
};

use super::{
    ASKED, FIRST,
    body::{Bodies, elements},
    globs,
    short::Short,
};

/// What both halves are made after. Functions are named by their place among the module's own, since ids differ from reading to reading.
#[derive(Debug)]
pub(super) struct Cut {
    /// Functions that leave.
    rest: BTreeSet<usize>,
    /// Their slots; more than one where the table has them twice.
    slots: BTreeMap<usize, Vec<u32>>,
    /// Slots that were added to the table.
    added: u32,
    /// Functions that stay and that the rest calls, under the names by which it knows them.
    shared: BTreeMap<usize, String>,
    /// Which functions that left are called by name, and from how many places.
    called: BTreeMap<usize, usize>,
    /// What else both use, under the names by which the rest knows it.
    kept: BTreeMap<String, ExportItem>,
    /// Who gives the module its functions of the page: the glue.
    glue: String,
}

impl Cut {
    /// Plans the cut. `rest` are the functions that leave.
    pub(super) fn plan(module: &Module, table: TableId, bodies: &Bodies, rest: BTreeSet<usize>) -> Self {
        let table = module.tables.get(table);
        let places: HashMap<FunctionId, usize> = bodies.of.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
        let mut slots: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for (slot, function) in &bodies.slots {
            if let Some(place) = places.get(function).filter(|place| rest.contains(place)) {
                slots.entry(*place).or_default().push(*slot);
            }
        }
        slots.values_mut().for_each(|slots| slots.sort_unstable());
        let mut called: BTreeMap<usize, usize> = BTreeMap::new();
        let mut names = BTreeSet::new();
        for (place, (_, body)) in bodies.of.iter().enumerate() {
            for called_place in body.calls.iter().filter_map(|function| places.get(function)) {
                match (rest.contains(&place), rest.contains(called_place)) {
                    (false, true) => *called.entry(*called_place).or_default() += 1,
                    (true, false) => drop(names.insert(*called_place)),
                    _ => {}
                }
            }
        }
        let exported = |place: &usize| {
            module.exports.iter().any(|export| matches!(export.item, ExportItem::Function(id) if id == bodies.of[*place].0))
        };
        for place in rest.iter().filter(|place| exported(place)) {
            // From outside it is called by name, from any number of places.
            called.insert(*place, usize::MAX);
        }
        let mut added = 0;
        for place in called.keys() {
            slots.entry(*place).or_insert_with(|| {
                added += 1;
                vec![u32::try_from(table.initial).unwrap_or(u32::MAX) + added - 1]
            });
        }
        let mut short = Short::beside(module.exports.iter().map(|export| export.name.clone()));
        let shared = names.into_iter().map(|place| (place, short.next())).collect();
        let glue = module.imports.iter().next().map_or_else(|| FIRST.to_owned(), |import| import.module.clone());
        Self { rest, slots, added, shared, called, kept: kept(module), glue }
    }

    /// Makes the first half of the module.
    pub(super) fn first(&self, module: &mut Module, table: TableId) {
        let ids: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).collect();
        let nothing = module.types.add(&[], &[]);
        let (asks, _) = module.add_import_func(&self.glue, ASKED, nothing);
        let noted = module.globals.add_local(ValType::I32, true, false, ConstExpr::Value(Value::I32(0)));
        module.globals.get_mut(noted).name = Some(NOTED.to_owned());
        let notes = notes(module, noted);
        let mut waiters = Waiters { asks, noted, table, of: HashMap::new() };

        let mut waiting: BTreeMap<u32, FunctionId> = BTreeMap::new();
        for (place, slots) in &self.slots {
            let waiter = waiters.of(module, module.funcs.get(ids[*place]).ty());
            waiting.extend(slots.iter().map(|slot| (*slot, waiter)));
        }
        fill(module, table, &waiting, self.added);

        let mut near = HashMap::new();
        for (place, calls) in &self.called {
            let (id, slot) = (ids[*place], self.slots[place][0]);
            let ty = module.funcs.get(id).ty();
            if *calls <= AT_THE_CALL {
                near.insert(id, (slot, ty));
            } else {
                let stub = stub(module, table, notes, slot, ty);
                module.funcs.get_mut(id).kind = FunctionKind::Local(stub);
            }
        }
        for (_, id) in ids.iter().enumerate().filter(|(place, _)| !self.rest.contains(place)) {
            let FunctionKind::Local(local) = &mut module.funcs.get_mut(*id).kind else { continue };
            let entry = local.entry_block();
            ir::dfs_pre_order_mut(&mut Caller { table, notes, near: &near }, local, entry);
        }
        self.share(module, &ids);
        walrus::passes::gc::run(module);
    }

    /// Gives the rest what it needs of the first half.
    fn share(&self, module: &mut Module, ids: &[FunctionId]) {
        for (place, name) in &self.shared {
            module.exports.add(name, ids[*place]);
        }
        for (name, item) in &self.kept {
            if !module.exports.iter().any(|export| export.name == *name) {
                module.exports.add(name, *item);
            }
        }
    }

    /// The plain names of the functions that left, by their slots.
    pub(super) fn names(&self, module: &Module, bodies: &Bodies) -> BTreeMap<u32, String> {
        let name = |place: &usize| globs::plain(module.funcs.get(bodies.of[*place].0).name.as_deref().unwrap_or("?"));
        self.slots.iter().flat_map(|(place, slots)| slots.iter().map(move |slot| (*slot, name(place)))).collect()
    }

    /// Makes the rest of the module.
    pub(super) fn rest(&self, module: &mut Module, table: TableId) {
        let ids: Vec<FunctionId> = module.funcs.iter_local().map(|(id, _)| id).collect();
        let kept: Vec<_> = kept(module).into_iter().collect();
        let all: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
        all.into_iter().for_each(|export| module.exports.delete(export));
        module.start = None;
        for element in module.elements.iter().map(walrus::Element::id).collect::<Vec<_>>() {
            module.elements.delete(element);
        }
        for (place, name) in &self.shared {
            let ty = module.funcs.get(ids[*place]).ty();
            let import = module.imports.add(FIRST, name, ids[*place]);
            module.funcs.get_mut(ids[*place]).kind = FunctionKind::Import(ImportedFunction { import, ty });
        }
        for (name, item) in kept {
            match item {
                ExportItem::Global(id) => module.globals.get_mut(id).kind = GlobalKind::Import(module.imports.add(FIRST, &name, id)),
                ExportItem::Memory(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    let memory = module.memories.get_mut(id);
                    memory.import = Some(import);
                }
                ExportItem::Table(id) => {
                    let import = module.imports.add(FIRST, &name, id);
                    let table = module.tables.get_mut(id);
                    table.import = Some(import);
                    table.elem_segments.clear();
                }
                ExportItem::Function(_) | ExportItem::Tag(_) => {}
            }
        }
        let real = self.slots.iter().flat_map(|(place, slots)| slots.iter().map(|slot| (*slot, ids[*place]))).collect();
        fill(module, table, &real, self.added);
        walrus::passes::gc::run(module);
    }
}

/// Puts functions into slots of the table, in place of what is there, and makes the table as much longer as was `added` to it.
fn fill(module: &mut Module, table: TableId, slots: &BTreeMap<u32, FunctionId>, added: u32) {
    let mut all: BTreeMap<u32, FunctionId> =
        elements(module, table).flat_map(|(offset, functions)| (offset..).zip(functions.iter().copied())).collect();
    all.extend(slots);
    let old: Vec<_> = module.tables.get(table).elem_segments.iter().copied().collect();
    for element in old {
        module.elements.delete(element);
    }
    let mut runs: Vec<(u32, Vec<FunctionId>)> = Vec::new();
    for (slot, function) in all {
        match runs.last_mut() {
            Some((start, run)) if *start as usize + run.len() == slot as usize => run.push(function),
            _ => runs.push((slot, vec![function])),
        }
    }
    let segments = runs.into_iter().map(|(start, run)| {
        let offset = ConstExpr::Value(Value::I32(start.cast_signed()));
        module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(run))
    });
    let segments: Vec<_> = segments.collect();
    let table = module.tables.get_mut(table);
    table.elem_segments = segments.into_iter().collect();
    table.initial += u64::from(added);
    table.maximum = table.maximum.map(|maximum| maximum + u64::from(added));
}

/// What the halves share besides functions, under the names that the first half exports it by: the same for every reading of a module.
fn kept(module: &Module) -> BTreeMap<String, ExportItem> {
    let mut short = 0;
    let mut name = |item: ExportItem| {
        let known = module.exports.iter().find(|export| same(export.item, item));
        short += 1;
        (known.map_or_else(|| format!("${short}"), |export| export.name.clone()), item)
    };
    let mut kept = BTreeMap::new();
    // Only what the rest can change has to be the same in both; a constant is, as it is.
    kept.extend(module.globals.iter().filter(|global| global.mutable).map(|global| name(ExportItem::Global(global.id()))));
    kept.extend(module.memories.iter().map(|memory| name(ExportItem::Memory(memory.id()))));
    kept.extend(module.tables.iter().map(|table| name(ExportItem::Table(table.id()))));
    kept
}

fn same(one: ExportItem, other: ExportItem) -> bool {
    match (one, other) {
        (ExportItem::Global(one), ExportItem::Global(other)) => one == other,
        (ExportItem::Memory(one), ExportItem::Memory(other)) => one == other,
        (ExportItem::Table(one), ExportItem::Table(other)) => one == other,
        _ => false,
    }
}

/// The function that notes which slot is called next, and returns it.
fn notes(module: &mut Module, noted: GlobalId) -> FunctionId {
    let mut notes = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
    let slot = module.locals.add(ValType::I32);
    notes.func_body().local_get(slot).global_set(noted).local_get(slot);
    notes.finish(vec![slot], &mut module.funcs)
}

/// A body that calls the function in a slot.
fn stub(module: &mut Module, table: TableId, notes: FunctionId, slot: u32, ty: TypeId) -> LocalFunction {
    let (given, results) = module.types.params_results(ty);
    let (given, results) = (given.to_vec(), results.to_vec());
    let mut stub = FunctionBuilder::new(&mut module.types, &given, &results);
    let locals: Vec<_> = given.iter().map(|ty| module.locals.add(*ty)).collect();
    let mut body = stub.func_body();
    for local in &locals {
        body.local_get(*local);
    }
    body.i32_const(slot.cast_signed()).call(notes).call_indirect(ty, table);
    stub.local_func(locals)
}

/// One function per signature that gets the rest and tries again.
struct Waiters {
    asks: FunctionId,
    noted: GlobalId,
    table: TableId,
    of: HashMap<TypeId, FunctionId>,
}

impl Waiters {
    fn of(&mut self, module: &mut Module, ty: TypeId) -> FunctionId {
        if let Some(waiter) = self.of.get(&ty) {
            return *waiter;
        }
        let (given, results) = module.types.params_results(ty);
        let (given, results) = (given.to_vec(), results.to_vec());
        let mut waiter = FunctionBuilder::new(&mut module.types, &given, &results);
        let locals: Vec<_> = given.iter().map(|ty| module.locals.add(*ty)).collect();
        let slot = module.locals.add(ValType::I32);
        // Noted anew meanwhile if the page calls back, so it is kept.
        let mut body = waiter.func_body();
        body.global_get(self.noted).local_set(slot).call(self.asks);
        for local in &locals {
            body.local_get(*local);
        }
        body.local_get(slot).call_indirect(ty, self.table);
        let waiter = waiter.finish(locals, &mut module.funcs);
        self.of.insert(ty, waiter);
        waiter
    }
}

/// Makes every indirect call note its slot, and the direct calls of `near` functions indirect.
struct Caller<'near> {
    table: TableId,
    notes: FunctionId,
    near: &'near HashMap<FunctionId, (u32, TypeId)>,
}

impl VisitorMut for Caller<'_> {
    fn start_instr_seq_mut(&mut self, sequence: &mut InstrSeq) {
        let mut instrs = Vec::with_capacity(sequence.instrs.len() + 8);
        for (instr, at) in sequence.instrs.drain(..) {
            let note = (Instr::Call(ir::Call { func: self.notes }), at);
            match &instr {
                Instr::CallIndirect(call) if call.table == self.table => instrs.extend([note, (instr, at)]),
                Instr::Call(call) if let Some((slot, ty)) = self.near.get(&call.func) => {
                    let slot = Instr::Const(ir::Const { value: Value::I32(slot.cast_signed()) });
                    instrs.extend([(slot, at), note, (Instr::CallIndirect(ir::CallIndirect { ty: *ty, table: self.table }), at)]);
                }
                _ => instrs.push((instr, at)),
            }
        }
        sequence.instrs = instrs;
    }
}

/// The global that holds the slot which is called next.
pub(super) const NOTED: &str = "noted";
/// A function that is called from no more places than this is called through its slot right there; above, through a stub.
const AT_THE_CALL: usize = 2;
