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

/// <param name="Text">As written; for a text or a quoted name, what stands between the quotes; for a bad token, what is wrong.</param>
internal readonly record struct RuleToken(RuleTokenKind Kind, int Position, string Text)
{
    public bool Is(string text) => Kind is RuleTokenKind.Word or RuleTokenKind.Symbol && Text == text;

    public string Described =>
        Kind switch
        {
            RuleTokenKind.End => "the end of the rule",
            RuleTokenKind.Name => $"the name `{Text}`",
            RuleTokenKind.Text => $"the text '{Text}'",
            _ => $"'{Text}'",
        };
}
