namespace OmniIoT.Devices.Rules.Syntax;

internal enum RuleTokenKind : byte
{
    End,
    Word,
    Name,
    Number,
    Duration,
    Text,
    Symbol,
    Bad,
}

/// <param name="Text">As written; for a text or a quoted name, what stands between the quotes</param>
internal readonly record struct RuleToken(RuleTokenKind Kind, int Position, string Text)
{
    public bool Is(string text) => Kind is RuleTokenKind.Word or RuleTokenKind.Symbol && Text == text;

    /// <summary>What is wrong with a bad token, of <see cref="RuleMistakeKinds"/>; null for every other.</summary>
    public string? Wrong { get; init; }
}
