//! Items reduced to what callers see of them, with every path written out.

use syn::parse::Parser;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Attribute, Block, Expr, Field, Fields, ImplItem, Item, ItemImpl, ItemStruct, PatIdent, Path,
    Receiver, Type, TypePath, Visibility, parse_quote,
};

use super::modules::{Meaning, Modules};
use super::reach::Reach;

/// The name of what nobody outside of the crate can name.
pub(crate) const PRIVATE: &str = "private";

/// Reduces the items of one module.
pub(crate) struct Bare<'a> {
    pub(crate) modules: &'a Modules,
    pub(crate) reach: &'a Reach,
    pub(crate) module: usize,
}

impl Bare<'_> {
    /// The type that a private alias stands for.
    fn unaliased(&self, of: &Type) -> Option<Type> {
        let Type::Path(TypePath {
            qself: None, path, ..
        }) = of
        else {
            return None;
        };
        let (meaning, _) = self
            .reach
            .resolve(self.modules, self.module, &names(path))?;
        let Meaning::Item(module, name) = &meaning else {
            return None;
        };
        let mut items = self.modules.0[*module].items.iter();
        let alias = items.find_map(|item| match item {
            Item::Type(alias) if alias.ident == *name => Some(alias),
            _ => None,
        });
        let mut target = (*alias
            .filter(|_| self.reach.main_path(&meaning).is_none())?
            .ty)
            .clone();
        Bare {
            module: *module,
            ..*self
        }
        .visit_type_mut(&mut target);
        Some(target)
    }
}

impl VisitMut for Bare<'_> {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        const KEPT: [&str; 6] = [
            "cfg",
            "deprecated",
            "derive",
            "must_use",
            "non_exhaustive",
            "repr",
        ];
        attributes.retain(|it| {
            let text = quote::quote!(#it).to_string();
            KEPT.iter().any(|name| it.path().is_ident(name))
                || it.path().is_ident("cfg_attr") && text.contains("derive")
                || text.contains("doc (hidden)")
        });
        for attribute in attributes {
            if attribute.path().is_ident("must_use") || attribute.path().is_ident("deprecated") {
                // The words in it are documentation.
                attribute.meta = syn::Meta::Path(attribute.path().clone());
            }
        }
    }

    fn visit_item_struct_mut(&mut self, item: &mut ItemStruct) {
        let is_private = |visibility: &Visibility| !matches!(visibility, Visibility::Public(_));
        match &mut item.fields {
            Fields::Named(fields) if fields.named.iter().any(|it| is_private(&it.vis)) => {
                let named = fields
                    .named
                    .iter()
                    .filter(|it| !is_private(&it.vis))
                    .cloned();
                let private = Field::parse_named.parse_str("private: _").expect("a field");
                fields.named = named.chain([private]).collect();
            }
            fields => {
                for field in fields.iter_mut().filter(|it| is_private(&it.vis)) {
                    field.vis = Visibility::Inherited;
                    field.ty = parse_quote!(_);
                }
            }
        }
        visit_mut::visit_item_struct_mut(self, item);
    }

    fn visit_item_impl_mut(&mut self, block: &mut ItemImpl) {
        let of_trait = block.trait_.is_some();
        block.items.retain(|item| match item {
            ImplItem::Type(_) => true,
            ImplItem::Fn(it) => !of_trait && matches!(it.vis, Visibility::Public(_)),
            ImplItem::Const(it) => !of_trait && matches!(it.vis, Visibility::Public(_)),
            _ => false,
        });
        visit_mut::visit_item_impl_mut(self, block);
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        block.stmts.clear();
    }

    fn visit_expr_mut(&mut self, value: &mut Expr) {
        *value = parse_quote!(_);
    }

    fn visit_pat_ident_mut(&mut self, pattern: &mut PatIdent) {
        pattern.mutability = None;
    }

    fn visit_receiver_mut(&mut self, receiver: &mut Receiver) {
        receiver.mutability = None;
        visit_mut::visit_receiver_mut(self, receiver);
    }

    fn visit_type_mut(&mut self, of: &mut Type) {
        match self.unaliased(of) {
            Some(target) => *of = target,
            None => visit_mut::visit_type_mut(self, of),
        }
    }

    fn visit_type_path_mut(&mut self, of: &mut TypePath) {
        let before = of.path.segments.len();
        visit_mut::visit_type_path_mut(self, of);
        // `<T as Trait>::Name`: the path of the trait may have another length now.
        if let Some(of_type) = of.qself.as_mut().filter(|it| it.position > 0) {
            of_type.position = of_type.position + of.path.segments.len() - before;
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let Some((meaning, count)) = self.reach.resolve(self.modules, self.module, &names(path))
        else {
            path.leading_colon = None;
            return;
        };
        let written = match (&meaning, self.reach.main_path(&meaning)) {
            (_, Some(main)) => main.to_owned(),
            (Meaning::Outside(names), _) => names.join("::"),
            (Meaning::Module(_), _) => return,
            (Meaning::Item(_, name), _) => format!("{PRIVATE}::{name}"),
        };
        let mut written: Path = syn::parse_str(&written).expect("a path");
        let mut rest = path.segments.iter().skip(count - 1).cloned();
        if let (Some(last), Some(was)) = (written.segments.last_mut(), rest.next()) {
            last.arguments = was.arguments;
        }
        written.segments.extend(rest);
        *path = written;
    }
}

pub(crate) fn names(path: &Path) -> Vec<String> {
    path.segments
        .iter()
        .map(|it| it.ident.to_string())
        .collect()
}
