//! Reading, binding and unbinding names.

use std::borrow::Cow;

use super::scope::{Place, mangled};
use super::unit::Lowerer;
use crate::code::Instr;

impl Lowerer<'_> {
    /// A name as the class around knows it.
    pub fn mangled<'n>(&self, name: &'n str) -> Cow<'n, str> {
        mangled(self.classes.last().map(|c| &**c), name)
    }

    pub fn load(&mut self, name: &str) {
        let name = &*self.mangled(name);
        let scope = self.unit.scope;
        let instr = match self.scopes.place(scope, name) {
            Place::Local => Instr::LoadLocal(self.local(name)),
            Place::Cell | Place::Free => Instr::LoadCell(self.cell(name)),
            Place::Global => Instr::LoadGlobal(self.global(name)),
            Place::Class => {
                let n = self.name(name) as u16;
                Instr::LoadName(n, self.global(name))
            }
        };
        self.emit(instr);
    }

    pub fn store(&mut self, name: &str) {
        let name = &*self.mangled(name);
        let instr = match self.scopes.place(self.unit.scope, name) {
            Place::Local => Instr::StoreLocal(self.local(name)),
            Place::Cell | Place::Free => Instr::StoreCell(self.cell(name)),
            Place::Global => Instr::StoreGlobal(self.global(name)),
            Place::Class => Instr::StoreName(self.name(name)),
        };
        self.emit(instr);
    }

    pub fn delete(&mut self, name: &str) {
        let name = &*self.mangled(name);
        let instr = match self.scopes.place(self.unit.scope, name) {
            Place::Local => Instr::DeleteLocal(self.local(name)),
            Place::Cell | Place::Free => Instr::DeleteCell(self.cell(name)),
            Place::Global => Instr::DeleteGlobal(self.global(name)),
            Place::Class => Instr::DeleteName(self.name(name)),
        };
        self.emit(instr);
    }
}
