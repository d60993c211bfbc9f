//! Calls from our own functions: binding arguments, asking the machine for the rest.

use std::rc::Rc;

use crate::class::{Class, Instance};
use crate::context::{Ask, Call, Context};
use crate::dict::Dict;
use crate::error::{BASE_EXCEPTION, Exception, ExceptionClass, type_error};
use crate::native::{Args, Native, Result, TypeTable, bare, params};
use crate::types::{self, special};
use crate::value::Value;

/// Arguments as a call gives them.
#[derive(Clone, Copy, Default)]
pub struct CallArgs<'a> {
    /// By position.
    pub positional: &'a [Value],
    /// Names of the others, as strings.
    pub names: &'a [Value],
    /// Their values.
    pub named: &'a [Value],
}

impl Context {
    /// Calls a value with positional arguments.
    pub fn call(&mut self, callee: &Value, args: Vec<Value>) -> Result {
        self.call_args(callee, CallArgs { positional: &args, ..CallArgs::default() }, None)
    }

    /// Calls a value with positional and keyword arguments.
    pub fn call_with(&mut self, callee: &Value, args: &[Value], keywords: &[(Rc<str>, Value)]) -> Result {
        let names: Vec<Value> = keywords.iter().map(|(n, _)| Value::Str(n.clone())).collect();
        let named: Vec<Value> = keywords.iter().map(|(_, v)| v.clone()).collect();
        self.call_args(callee, CallArgs { positional: args, names: &names, named: &named }, None)
    }

    /// Calls a value; an exception of that class gives [`Value::Unbound`].
    pub fn call_catching(&mut self, callee: &Value, args: Vec<Value>, catch: &'static TypeTable) -> Result {
        let result =
            self.call_args(callee, CallArgs { positional: &args, ..CallArgs::default() }, Some(catch));
        match result {
            Err(crate::error::Interrupt::Raise(e)) if e.is(catch) => Ok(Value::Unbound),
            other => other,
        }
    }

    /// Calls a value.
    pub(crate) fn call_args(
        &mut self,
        callee: &Value,
        args: CallArgs,
        catch: Option<&'static TypeTable>,
    ) -> Result {
        match callee {
            Value::Function(function) => self.ask(|| {
                let keywords = args.names.iter().zip(args.named).filter_map(|(n, v)| match n {
                    Value::Str(name) => Some((name.clone(), v.clone())),
                    _ => None,
                });
                Ask::Call(Call {
                    function: function.clone(),
                    args: args.positional.to_vec(),
                    keywords: keywords.collect(),
                    catch,
                })
            }),
            Value::Native(native) => self.call_native(native, args),
            Value::Method(method) => self.call_bound(&method.function, &method.receiver, args, catch),
            Value::Type(table) => match &table.new {
                Some(native) => self.call_native(native, args),
                None if table.extends(&crate::error::BASE_EXCEPTION) => {
                    if !args.names.is_empty() {
                        return Err(type_error(format!("{}() takes no keyword arguments", table.name)));
                    }
                    let class = ExceptionClass::Native(table);
                    Ok(Value::Exception(Rc::new(Exception::with_args(class, args.positional.to_vec()))))
                }
                None => Err(type_error(format!("cannot create '{}' instances", table.name))),
            },
            Value::Class(_) => match self.class_method(callee, "__call__") {
                Some(function) => self.call_bound(&function, callee, args, catch),
                None => self.instantiate(callee, args),
            },
            Value::Instance(instance) => match instance.class.find("__call__") {
                Some(function) => self.call_bound(&function, callee, args, catch),
                None => self.call_slot(callee, args),
            },
            _ => self.call_slot(callee, args),
        }
    }

    /// Calls a function with one more argument in front.
    fn call_bound(
        &mut self,
        function: &Value,
        first: &Value,
        args: CallArgs,
        catch: Option<&'static TypeTable>,
    ) -> Result {
        let mut all = Vec::with_capacity(args.positional.len() + 1);
        all.push(first.clone());
        all.extend_from_slice(args.positional);
        self.nested(|cx| cx.call_args(function, CallArgs { positional: &all, ..args }, catch))
    }

    pub(crate) fn call_slot(&mut self, callee: &Value, args: CallArgs) -> Result {
        match callee.table().line().find_map(|t| t.call.as_ref()) {
            Some(native) => {
                let mut all = Vec::with_capacity(args.positional.len() + 1);
                all.push(callee.clone());
                all.extend_from_slice(args.positional);
                self.call_native(native, CallArgs { positional: &all, ..args })
            }
            None => Err(type_error(format!("'{}' object is not callable", callee.type_name()))),
        }
    }

    /// Calls a class, without `__call__` of its metaclass.
    pub(crate) fn instantiate(&mut self, callee: &Value, args: CallArgs) -> Result {
        let Value::Class(class) = callee else { return Ok(Value::None) };
        let own_new = class.find("__new__");
        let made = match &own_new {
            Some(new) => self.call_bound(&crate::attr::unwrap_static(new), callee, args, None)?,
            None => self.once(|cx| cx.make(class, args))?,
        };
        if !crate::types::isinstance(&made, callee)? {
            return Ok(made);
        }
        if let Some(init) = class.find("__init__") {
            let result = self.call_bound(&init, &made, args, None)?;
            if !result.is_none() {
                let kind = result.type_name();
                return Err(type_error(format!("__init__() should return None, not '{kind}'")));
            }
            return Ok(made);
        }
        let none = args.positional.is_empty() && args.named.is_empty();
        match class.native {
            Some(table) if table.extends(&BASE_EXCEPTION) && !args.names.is_empty() => {
                return Err(type_error(format!("{}() takes no keyword arguments", class.name)));
            }
            Some(table) if table.extends(&BASE_EXCEPTION) => {}
            Some(table) => {
                let init = table.method("__init__").or_else(|| special::of(table, "__init__"));
                if let Some(init) = init {
                    self.call_bound(&Value::Native(init), &made, args, None)?;
                }
            }
            None if !none && own_new.is_none() => {
                return Err(type_error(format!("{}() takes no arguments", class.name)));
            }
            None => {}
        }
        Ok(made)
    }

    /// An object of a class, not initialized: what `object.__new__(class, …)` makes.
    pub(crate) fn make_instance(&mut self, class: &Rc<Class>, args: &[Value], named: &Value) -> Result {
        let Value::Dict(named) = named else { return Ok(Value::None) };
        let (names, named): (Vec<Value>, Vec<Value>) =
            named.map.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).unzip();
        self.make(class, CallArgs { positional: args, names: &names, named: &named })
    }

    fn make(&mut self, class: &Rc<Class>, args: CallArgs) -> Result {
        if let Some(missing) = class.own("__abstractmethods__") {
            let mut missing: Vec<Rc<str>> =
                self.collect(&missing)?.iter().filter_map(Value::as_str).map(Rc::from).collect();
            missing.sort();
            if !missing.is_empty() {
                let plural = if missing.len() == 1 { "" } else { "s" };
                return Err(type_error(format!(
                    "Can't instantiate abstract class {} with abstract method{plural} {}",
                    class.name,
                    missing.join(", ")
                )));
            }
        }
        let inner = match class.native {
            None => Value::Unbound,
            Some(table) if table.extends(&BASE_EXCEPTION) => {
                let class = ExceptionClass::Class(class.clone());
                return Ok(Value::Exception(Rc::new(Exception::with_args(class, args.positional.to_vec()))));
            }
            Some(table) if table == &types::TYPE => {
                let keywords: Vec<(Rc<str>, Value)> = args
                    .names
                    .iter()
                    .zip(args.named)
                    .filter_map(|(n, v)| Some((Rc::from(n.as_str()?), v.clone())))
                    .collect();
                return types::class::build(self, Some(class.clone()), args.positional, &keywords);
            }
            Some(table) if table == &types::list::LIST => Value::list(Vec::new()),
            Some(table) if table == &types::dict::DICT => Value::dict(Dict::default()),
            Some(table) if table == &types::set::SET => Value::set(Default::default(), false),
            Some(table) if types::IMMUTABLE.contains(&table) => match &table.new {
                Some(new) => self.call_native(new, args)?.plain().clone(),
                None => Value::Unbound,
            },
            Some(_) => Value::Unbound,
        };
        Ok(Instance::value(class, inner))
    }

    /// Calls a function of ours.
    pub(crate) fn call_native(&mut self, native: &'static Native, args: CallArgs) -> Result {
        // The common case needs no new list: positional arguments, one for each parameter.
        let plain = args.names.is_empty() && !native.params.contains('*');
        if plain {
            let most = params(native.params).filter(|p| *p != "/").count();
            if args.positional.len() == most {
                return (native.call)(self, &Args { native, values: args.positional });
            }
        }
        if let Some(target) = crate::modules::target(native, &args) {
            let CallArgs { positional, .. } = args;
            let positional = positional.get(..target.inputs).unwrap_or(positional);
            let result = self
                .call_native(native, CallArgs { positional, names: &target.names, named: &target.named })?;
            let result = match target.mask {
                Some(mask) => crate::modules::numpy::masked(self, &mask, result, &target.out)?,
                None => result,
            };
            return crate::modules::put_out(self, native, target.out, result);
        }
        let values = bind(native, args)?;
        (native.call)(self, &Args { native, values: &values })
    }
}

fn bind(native: &'static Native, args: CallArgs) -> Result<Vec<Value>> {
    let mut values: Vec<Value> = Vec::new();
    let mut given = args.positional.iter();
    let mut used = vec![false; args.names.len()];
    let mut keyword_only = false;
    let mut rest = false;
    let positional_only =
        native.params.split('/').next().filter(|_| native.params.contains('/')).unwrap_or("");
    let mut missing: Vec<&str> = Vec::new();
    for param in params(native.params) {
        if param == "/" {
            continue;
        }
        if param == "*" {
            keyword_only = true;
            continue;
        }
        if param.starts_with("**") {
            let mut map = Dict::default();
            for ((name, value), used) in args.names.iter().zip(args.named).zip(&mut used) {
                if let (Value::Str(name), false) = (name, *used) {
                    map.set_str(name, value.clone());
                    *used = true;
                }
            }
            values.push(Value::dict(map));
            continue;
        }
        if let Some(name) = param.strip_prefix('*') {
            let mut items: Vec<Value> = given.by_ref().cloned().collect();
            // Sizes may come by their name, in one list: `x.flip(dims=(0, 1))`.
            if matches!(name, "dims" | "repeats" | "shape" | "size")
                && items.is_empty()
                && let Some(at) = args.names.iter().position(|n| n.as_str() == Some(name))
                && let (Some(used), Some(value)) = (used.get_mut(at), args.named.get(at))
            {
                *used = true;
                items.push(value.clone());
            }
            values.push(Value::tuple(items));
            keyword_only = true;
            rest = true;
            continue;
        }
        let name = bare(param);
        let by_name = if positional_only.split(',').any(|p| bare(p.trim()) == name) {
            None
        } else {
            args.names
                .iter()
                .position(|n| n.as_str().is_some_and(|n| n == name || crate::modules::torch_name(n) == name))
        };
        let by_place = if keyword_only { None } else { given.next() };
        values.push(match (by_place, by_name) {
            (Some(_), Some(_)) => {
                return Err(type_error(format!(
                    "{}() got multiple values for argument '{name}'",
                    native.name
                )));
            }
            (Some(value), None) => value.clone(),
            (None, Some(at)) => {
                if let Some(used) = used.get_mut(at) {
                    *used = true;
                }
                args.named.get(at).cloned().unwrap_or_default()
            }
            (None, None) if param.ends_with('=') => Value::Unbound,
            (None, None) => {
                missing.push(name);
                Value::Unbound
            }
        });
    }
    if let Some(at) = used.iter().position(|u| !u) {
        let name = args.names.get(at).and_then(Value::as_str).unwrap_or_default();
        if params(native.params).all(|p| !p.ends_with('='))
            && !native.params.contains("*,")
            && missing.is_empty()
        {
            return Err(type_error(format!("{}() takes no keyword arguments", native.name)));
        }
        let known = params(native.params).map(bare).filter(|p| *p != "/" && !p.is_empty());
        let help =
            crate::suggest::nearest(name, known).map(|n| format!("Did you mean: '{n}'?")).unwrap_or_default();
        let message = format!("{}() got an unexpected keyword argument '{name}'", native.name);
        return Err(Exception::new(&crate::error::TYPE_ERROR, message).help(help).raise());
    }
    // A method of one type is named with it.
    let owner = args.positional.first().filter(|_| is_method(native)).map(|v| v.plain().table());
    let owner = owner.filter(|t| t.module.is_empty() && t.method(native.name).is_some());
    let full = owner.map_or(native.name.to_owned(), |t| format!("{}.{}", t.name, native.name));
    if !missing.is_empty() {
        return Err(missing_arguments(native, &full, args.positional.len(), &missing));
    }
    if !rest && given.next().is_some() {
        return Err(too_many(native, &full, args.positional.len()));
    }
    Ok(values)
}

fn is_method(native: &Native) -> bool {
    native.params.starts_with("self")
}

fn missing_arguments(
    native: &'static Native,
    full: &str,
    given: usize,
    missing: &[&str],
) -> crate::error::Interrupt {
    let all: Vec<_> = params(native.params).filter(|p| *p != "/").collect();
    if native.params.contains('/') {
        // CPython's own functions count.
        let least = all.iter().filter(|p| !p.ends_with('=') && !p.starts_with('*')).count();
        let own = usize::from(is_method(native));
        let how = if all.len() == least && !native.params.contains('*') { "exactly" } else { "at least" };
        let what = match least - own {
            1 if how == "exactly" => "takes exactly one argument".to_owned(),
            n => format!("expected {how} {n} argument{}", if n == 1 { "" } else { "s" }),
        };
        let got = given.saturating_sub(own);
        return type_error(match what.strip_prefix("takes") {
            Some(_) => format!("{full}() {what} ({got} given)"),
            None => format!("{} {what}, got {got}", native.name),
        });
    }
    type_error(missing_message(native.name, missing, "positional"))
}

/// CPython's message for missing arguments.
pub(crate) fn missing_message(function: &str, missing: &[&str], kind: &str) -> String {
    let quoted: Vec<String> = missing.iter().map(|m| format!("'{m}'")).collect();
    let list = match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [init @ .., last] => format!("{}, and {last}", init.join(", ")),
    };
    let plural = if missing.len() == 1 { "" } else { "s" };
    format!("{function}() missing {} required {kind} argument{plural}: {list}", missing.len())
}

fn too_many(native: &'static Native, full: &str, given: usize) -> crate::error::Interrupt {
    let own = usize::from(is_method(native));
    let positional: Vec<_> =
        params(native.params).take_while(|p| !p.starts_with('*')).filter(|p| *p != "/").collect();
    let most = positional.len() - own.min(positional.len());
    let least = positional.iter().filter(|p| !p.ends_with('=')).count().saturating_sub(own);
    let given = given.saturating_sub(own);
    let plural = |n: usize| if n == 1 { "" } else { "s" };
    type_error(if native.params.contains('/') || native.params.is_empty() || native.params == "self" {
        match (least, most) {
            (0, 0) => format!("{full}() takes no arguments ({given} given)"),
            (1, 1) => format!("{full}() takes exactly one argument ({given} given)"),
            (l, m) if l == m => format!("{} expected {m} argument{}, got {given}", native.name, plural(m)),
            _ => format!("{} expected at most {most} argument{}, got {given}", native.name, plural(most)),
        }
    } else {
        let (least, most, given) = (least + own, most + own, given + own);
        let range = if least == most { format!("{most}") } else { format!("from {least} to {most}") };
        format!("{}() takes {range} positional argument{} but {given} were given", native.name, plural(most))
    })
}
