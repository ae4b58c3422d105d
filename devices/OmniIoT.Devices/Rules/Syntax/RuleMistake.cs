namespace OmniIoT.Devices.Rules.Syntax;

/// <summary>Something wrong at a place of a rule's text.</summary>
internal readonly record struct RuleMistake(int Position, string Message);
