namespace OmniIoT.Domain.Desk.Automation;

/// <summary>Actions that an agent has done with one key, all or none.</summary>
public sealed record Macro(string Id, string Title, IReadOnlyList<DeskAction> Actions);
