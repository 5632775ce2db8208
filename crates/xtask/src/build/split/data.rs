//! Which data leaves with the rest: objects that nothing mentions which stays. They are written into the memory when the rest joins.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use walrus::{ConstExpr, DataKind, MemoryId, Module, ir::Value};

use super::{body::Bodies, objects::Object};

/// The data that leaves: its addresses, in order, none touching the next.
#[derive(Debug, Default)]
pub(super) struct Leaving(Vec<Range<u32>>);

impl Leaving {
    /// Finds what leaves along with the functions of the rest.
    pub(super) fn find(bodies: &Bodies, rest: &BTreeSet<usize>, objects: &[Object]) -> Self {
        let holding = |address: u32| {
            let place = objects.partition_point(|object| object.at.end <= address);
            objects.get(place).filter(|object| object.at.start <= address).map(|_| place)
        };
        let mut stays = BTreeSet::new();
        let mut open: Vec<usize> = (0..objects.len()).filter(|place| objects[*place].pinned).collect();
        let staying = bodies.of.iter().enumerate().filter(|(place, _)| !rest.contains(place));
        open.extend(staying.flat_map(|(_, (_, body))| &body.numbers).copied().filter_map(holding));
        while let Some(place) = open.pop() {
            if stays.insert(place) {
                // Whatever in it looks like an address is one.
                let words = objects[place].at.start.next_multiple_of(4)..objects[place].at.end;
                open.extend(words.step_by(4).filter_map(|address| bodies.word(address)).filter_map(holding));
            }
        }
        let mut leaving: Vec<Range<u32>> = Vec::new();
        for (place, object) in objects.iter().enumerate().filter(|(place, _)| !stays.contains(place)) {
            match leaving.last_mut() {
                // What lies between two objects that leave is nobody's.
                Some(last) if place > 0 && !stays.contains(&(place - 1)) && object.at.start - last.end < 16 => last.end = object.at.end,
                _ => leaving.push(object.at.clone()),
            }
        }
        leaving.retain(|range| range.end - range.start >= SHORTEST);
        Self(leaving)
    }

    /// Takes the data out of the first half, or all other data out of the rest.
    pub(super) fn cut(&self, module: &mut Module, rest: bool) {
        let mut made: BTreeMap<u32, (MemoryId, Vec<u8>)> = BTreeMap::new();
        let mut gone = Vec::new();
        for data in module.data.iter() {
            let DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(offset)) } = data.kind else { continue };
            gone.push((memory, data.id()));
            let start = offset.cast_unsigned();
            let end = start + data.value.len() as u32;
            let inside: Vec<Range<u32>> =
                self.0.iter().map(|range| range.start.max(start)..range.end.min(end)).filter(|range| range.start < range.end).collect();
            let wanted = if rest {
                inside
            } else {
                let ends = inside.iter().map(|range| range.start).chain([end]);
                let starts = [start].into_iter().chain(inside.iter().map(|range| range.end));
                starts.zip(ends).map(|(start, end)| start..end).filter(|range| range.start < range.end).collect()
            };
            for range in wanted {
                made.insert(range.start, (memory, data.value[(range.start - start) as usize..(range.end - start) as usize].to_vec()));
            }
        }
        for (memory, id) in gone {
            module.data.delete(id);
            module.memories.get_mut(memory).data_segments.remove(&id);
        }
        for (start, (memory, value)) in made {
            let id = module.data.add(DataKind::Active { memory, offset: ConstExpr::Value(Value::I32(start.cast_signed())) }, value);
            module.memories.get_mut(memory).data_segments.insert(id);
        }
    }
}

/// A piece of data costs the module that holds it a few bytes more, so that a shorter one stays.
const SHORTEST: u32 = 12;
