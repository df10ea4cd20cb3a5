import type { desk, repair } from "@wails/go/models";

// The nouns that more than one feature, or the kit, shows.
export type Address = repair.Address;
export type Contact = repair.Contact;
export type FileRef = repair.FileRef;
export type Finding = repair.Finding;
export type GoError = repair.Error;
export type LabelCheck = desk.LabelCheck;
export type Money = repair.Money;
export type Why = repair.Why;
export type OrderRow = desk.OrderRow;
export type OutboxRow = desk.OutboxRow;
