//! `dict` and its views.

use std::any::Any;
use std::rc::Rc;

use crate::context::Context;
use crate::error::{key_error, type_error};
use crate::iter::{DictPart, Iter, IterState};
use crate::native::{Args, Native, Result, TypeTable};
use crate::value::{DictObject, Object, Value};

/// `dict`.
pub static DICT: TypeTable = TypeTable {
    name: "dict",
    open: true,
    new: Some(Native::new("dict", "mapping=, /, **kwargs", |cx, args| {
        let dict = Value::dict(Default::default());
        if let Some(from) = args.get(0) {
            cx.dict_update(&dict, from)?;
        }
        cx.dict_update(&dict, &args[1])?;
        Ok(dict)
    })),
    methods: &[
        Native::new("get", "self, key, default=, /", |cx, a| {
            let found = cx.dict_get(of(a)?, &a[1])?;
            Ok(found.or_else(|| a.get(2).cloned()).unwrap_or(Value::None))
        }),
        Native::new("keys", "self, /", |_, a| view(a, DictPart::Keys)),
        Native::new("values", "self, /", |_, a| view(a, DictPart::Values)),
        Native::new("items", "self, /", |_, a| view(a, DictPart::Items)),
        Native::new("pop", "self, key, default=, /", |cx, a| match cx.dict_remove(of(a)?, &a[1])? {
            Some(value) => Ok(value),
            None => a.get(2).cloned().ok_or_else(|| key_error(a[1].clone())),
        }),
        Native::new("popitem", "self, /", |_, a| match of(a)?.map.borrow_mut().pop() {
            Some((key, value)) => Ok(Value::tuple(vec![key, value])),
            None => Err(key_error(Value::str("popitem(): dictionary is empty"))),
        }),
        Native::new("setdefault", "self, key, default=, /", |cx, a| {
            if let Some(found) = cx.dict_get(of(a)?, &a[1])? {
                return Ok(found);
            }
            let value = a.get(2).cloned().unwrap_or(Value::None);
            cx.dict_set(&a[0], &a[1], value.clone())?;
            Ok(value)
        }),
        Native::new("update", "self, mapping=, /, **kwargs", |cx, a| {
            if let Some(from) = a.get(1) {
                cx.dict_update(&a[0], from)?;
            }
            cx.dict_update(&a[0], &a[2])?;
            Ok(Value::None)
        }),
        Native::new("clear", "self, /", |_, a| {
            drop(of(a)?.map.take());
            Ok(Value::None)
        }),
        Native::new("copy", "self, /", |cx, a| {
            let copy = Value::dict(Default::default());
            cx.dict_update(&copy, &a[0])?;
            Ok(copy)
        }),
    ],
    statics: &[Native::new("fromkeys", "iterable, value=, /", |cx, a| {
        let dict = Value::dict(Default::default());
        let value = a.get(1).cloned().unwrap_or(Value::None);
        for key in cx.collect(&a[0])? {
            cx.dict_set(&dict, &key, value.clone())?;
        }
        Ok(dict)
    })],
    ..TypeTable::EMPTY
};

fn of<'a>(args: &'a Args) -> Result<&'a Rc<DictObject>> {
    match &args.values {
        [Value::Dict(dict), ..] => Ok(dict),
        _ => Err(type_error(format!(
            "descriptor '{}' for 'dict' objects doesn't apply to a '{}' object",
            args.native.name,
            args[0].type_name()
        ))),
    }
}

/// `dict.keys()`, `.values()`, `.items()`.
struct View {
    dict: Rc<DictObject>,
    part: DictPart,
}

impl Object for View {
    fn table(&self) -> &'static TypeTable {
        match self.part {
            DictPart::Keys => &KEYS,
            DictPart::Values => &VALUES,
            DictPart::Items => &ITEMS,
        }
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn view(args: &Args, part: DictPart) -> Result {
    Ok(Value::new_object(View { dict: of(args)?.clone(), part }))
}

const VIEW: TypeTable = TypeTable {
    len: Some(|_, v| Ok(v.object::<View>().map_or(0, |v| v.dict.map.borrow().len()))),
    iter: Some(|_, v| {
        let view = v.object::<View>().ok_or_else(|| type_error("a view is needed"))?;
        let size = view.dict.map.borrow().len();
        Ok(Value::iter(Iter::new(IterState::Dict(view.dict.clone(), view.part, 0, size))))
    }),
    repr: Some(|cx, v| {
        let items = cx.collect(v)?;
        let shown = cx.repr(&Value::list(items))?;
        Ok(format!("{}({shown})", v.table().name))
    }),
    contains: Some(|cx, v, item| {
        let view = v.object::<View>().ok_or_else(|| type_error("a view is needed"))?;
        match (view.part, item) {
            (DictPart::Keys, _) => Ok(cx.dict_get(&view.dict, item)?.is_some()),
            (DictPart::Items, Value::Tuple(pair)) => match pair.items.as_slice() {
                [key, value] => match cx.dict_get(&view.dict, key)? {
                    Some(held) => cx.same(&held, value),
                    None => Ok(false),
                },
                _ => Ok(false),
            },
            _ => {
                for held in cx.collect(v)? {
                    if cx.same(&held, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }),
    ..TypeTable::EMPTY
};

/// Views of keys and items behave like sets.
fn as_set(cx: &mut Context, value: &Value) -> Result<Option<Value>> {
    match value {
        Value::Set(_) => Ok(Some(value.clone())),
        Value::Object(_) if value.object::<View>().is_some_and(|v| v.part != DictPart::Values) => {
            let items = cx.collect(value)?;
            cx.make_set(&items, false).map(Some)
        }
        _ => Ok(None),
    }
}

const SET_VIEW: TypeTable = TypeTable {
    binary: Some(|cx, op, a, b| {
        let (Some(Value::Set(a)), Some(Value::Set(b))) = (as_set(cx, a)?, as_set(cx, b)?) else {
            return Ok(None);
        };
        super::set::combine(cx, op, &a, &b).map(Some)
    }),
    compare: Some(|cx, op, a, b| {
        let (Some(Value::Set(a)), Some(Value::Set(b))) = (as_set(cx, a)?, as_set(cx, b)?) else {
            return Ok(None);
        };
        super::set::compare(cx, op, &a, &b).map(Some)
    }),
    ..VIEW
};

static KEYS: TypeTable = TypeTable { name: "dict_keys", ..SET_VIEW };
static VALUES: TypeTable = TypeTable { name: "dict_values", ..VIEW };
static ITEMS: TypeTable = TypeTable { name: "dict_items", ..SET_VIEW };
