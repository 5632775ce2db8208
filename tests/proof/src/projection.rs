//! What tells two moments apart: everything but revision, ids and clock times.
//!
//! A serde serializer that hashes what it is given and leaves out, by field, what cannot matter to what happens next. Times are
//! hashed as distances from now, requests and calls by the order in which they turn up, so that two moments that differ only in what
//! their clocks and counters show are one.

use std::{collections::BTreeMap, fmt, hash::Hasher};

use serde::{Serialize, ser};

/// Hashes values one after the other.
pub(crate) struct Projection<'a, H> {
    hasher: &'a mut H,
    /// Monotonic and wall-clock milliseconds.
    now: (u64, u64),
    requests: BTreeMap<u64, u64>,
    calls: BTreeMap<u64, u64>,
    rule: Rule,
}

/// What is done with a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Rule {
    /// Milliseconds ago.
    Ago,
    /// Milliseconds ahead on the monotonic clock; what is past is past.
    Ahead,
    /// Milliseconds ahead on the wall clock.
    AheadWall,
    /// A call's number: the order counts.
    Call,
    /// As it is.
    Keep,
    /// A request's number: the order counts.
    Request,
    /// Only whether there is something.
    Some,
    /// Left out.
    Skip,
}

/// The rule of a field of a struct.
fn rule(of: &str, field: &str) -> Rule {
    match (of, field) {
        ("Softphone", "now" | "seed" | "revision" | "settings" | "crm" | "outbox" | "problems" | "told" | "parked" | "outputs")
        | ("Phone", "detail" | "media" | "capabilities" | "identity")
        | ("Agent", "since")
        | ("Counters", _)
        | ("Call", "search" | "matches" | "last_peer")
        | ("Peer", "id" | "leaving")
        | ("Core", "key" | "began" | "talk" | "hold" | "legs" | "record" | "digits" | "notes" | "called" | "queue" | "source")
        | ("WrapUp", "since")
        | (_, "age_ms" | "ageMs" | "answered_ms" | "answeredMs") => Rule::Skip,
        ("Call", "id" | "consults") | ("Softphone", "calls") | ("Waiting", "call") => Rule::Call,
        ("Core", "answered") | ("Lost", "at") => Rule::Some,
        ("Call", "confirmed") => Rule::Ago,
        ("WrapUp", "deadline") => Rule::AheadWall,
        ("Softphone", "waiting") | ("Doing", "request") | (_, "request") => Rule::Request,
        (_, "until" | "next_check" | "guarded_until" | "insisted_until" | "stray" | "auto_answer") => Rule::Ahead,
        _ => Rule::Keep,
    }
}

impl<'a, H: Hasher> Projection<'a, H> {
    pub(crate) fn new(hasher: &'a mut H, now: (u64, u64)) -> Self {
        Self { hasher, now, requests: BTreeMap::new(), calls: BTreeMap::new(), rule: Rule::Keep }
    }

    /// Hashes one value.
    pub(crate) fn take(&mut self, value: &impl Serialize) {
        // The only error there is says that somebody made one.
        value.serialize(&mut *self).expect("hashing cannot fail");
    }

    /// The hash of what was taken until now.
    pub(crate) fn so_far(&self) -> u64 {
        self.hasher.finish()
    }

    fn field(&mut self, of: &str, field: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        let new = rule(of, field);
        if new == Rule::Skip {
            return Ok(());
        }
        self.hasher.write(field.as_bytes());
        let before = std::mem::replace(&mut self.rule, new);
        let result = value.serialize(&mut *self);
        self.rule = before;
        result
    }

    fn number(&mut self, value: u64) {
        let value = match self.rule {
            Rule::Ago => self.now.0.saturating_sub(value),
            Rule::Ahead => value.saturating_sub(self.now.0),
            Rule::AheadWall => value.saturating_sub(self.now.1),
            Rule::Call => in_order(&mut self.calls, value),
            // No request has the number 0.
            Rule::Request if value > 0 => in_order(&mut self.requests, value),
            Rule::Some | Rule::Skip => 0,
            Rule::Keep | Rule::Request => value,
        };
        self.hasher.write_u64(value);
    }
}

/// The place of a number among those that turned up.
fn in_order(seen: &mut BTreeMap<u64, u64>, value: u64) -> u64 {
    let next = seen.len() as u64 + 1;
    *seen.entry(value).or_insert(next)
}

/// The error that never happens.
#[derive(Debug)]
pub(crate) struct Never;

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that cannot be hashed")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A struct, or a variant with fields, on its way.
pub(crate) struct Fields<'p, 'a, H> {
    of: &'static str,
    into: &'p mut Projection<'a, H>,
    /// The rule before the value began.
    before: Rule,
}

impl<'p, 'a, H: Hasher> ser::Serializer for &'p mut Projection<'a, H> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Fields<'p, 'a, H>;
    type SerializeTuple = Fields<'p, 'a, H>;
    type SerializeTupleStruct = Fields<'p, 'a, H>;
    type SerializeTupleVariant = Fields<'p, 'a, H>;
    type SerializeMap = Fields<'p, 'a, H>;
    type SerializeStruct = Fields<'p, 'a, H>;
    type SerializeStructVariant = Fields<'p, 'a, H>;

    fn serialize_bool(self, v: bool) -> Result<(), Never> {
        self.hasher.write_u8(u8::from(v));
        Ok(())
    }

    fn serialize_i8(self, v: i8) -> Result<(), Never> {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result<(), Never> {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result<(), Never> {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result<(), Never> {
        self.hasher.write_i64(v);
        Ok(())
    }

    fn serialize_u8(self, v: u8) -> Result<(), Never> {
        self.serialize_u64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result<(), Never> {
        self.serialize_u64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result<(), Never> {
        self.serialize_u64(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result<(), Never> {
        self.number(v);
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Never> {
        Err(Never)
    }

    fn serialize_f64(self, _: f64) -> Result<(), Never> {
        Err(Never)
    }

    fn serialize_char(self, v: char) -> Result<(), Never> {
        self.hasher.write_u32(v.into());
        Ok(())
    }

    fn serialize_str(self, v: &str) -> Result<(), Never> {
        self.hasher.write(v.as_bytes());
        self.hasher.write_u8(0xff);
        Ok(())
    }

    fn serialize_bytes(self, v: &[u8]) -> Result<(), Never> {
        self.hasher.write(v);
        self.hasher.write_usize(v.len());
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.hasher.write_u8(0);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        self.hasher.write_u8(1);
        if self.rule == Rule::Some { Ok(()) } else { value.serialize(self) }
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, index: u32, _: &'static str) -> Result<(), Never> {
        self.hasher.write_u32(index);
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.hasher.write_u32(index);
        value.serialize(self)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Fields<'p, 'a, H>, Never> {
        self.hasher.write_usize(len.unwrap_or(usize::MAX));
        Ok(Fields { of: "", before: self.rule, into: self })
    }

    fn serialize_tuple(self, len: usize) -> Result<Fields<'p, 'a, H>, Never> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Fields<'p, 'a, H>, Never> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(self, _: &'static str, index: u32, _: &'static str, len: usize) -> Result<Fields<'p, 'a, H>, Never> {
        self.hasher.write_u32(index);
        self.serialize_seq(Some(len))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Fields<'p, 'a, H>, Never> {
        self.serialize_seq(len)
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'p, 'a, H>, Never> {
        Ok(Fields { of: name, before: self.rule, into: self })
    }

    fn serialize_struct_variant(self, name: &'static str, index: u32, _: &'static str, _: usize) -> Result<Fields<'p, 'a, H>, Never> {
        self.hasher.write_u32(index);
        Ok(Fields { of: name, before: self.rule, into: self })
    }
}

impl<H: Hasher> Fields<'_, '_, H> {
    fn value(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        value.serialize(&mut *self.into)
    }

    fn done(self) -> Result<(), Never> {
        self.into.rule = self.before;
        Ok(())
    }
}

impl<H: Hasher> ser::SerializeSeq for Fields<'_, '_, H> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.value(value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl<H: Hasher> ser::SerializeTuple for Fields<'_, '_, H> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.value(value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl<H: Hasher> ser::SerializeTupleStruct for Fields<'_, '_, H> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.value(value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl<H: Hasher> ser::SerializeTupleVariant for Fields<'_, '_, H> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.value(value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl<H: Hasher> ser::SerializeMap for Fields<'_, '_, H> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.value(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        // Only a map's keys are what its rule is about.
        self.into.rule = Rule::Keep;
        let result = self.value(value);
        self.into.rule = self.before;
        result
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl<H: Hasher> ser::SerializeStruct for Fields<'_, '_, H> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        self.into.field(self.of, key, value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}

impl<H: Hasher> ser::SerializeStructVariant for Fields<'_, '_, H> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        self.into.field(self.of, key, value)
    }

    fn end(self) -> Result<(), Never> {
        self.done()
    }
}
