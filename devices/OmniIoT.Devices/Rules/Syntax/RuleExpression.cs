namespace OmniIoT.Devices.Rules.Syntax;

/// <summary>What a rule says, before names and types are looked at. Positions count characters of the rule's text from 0.</summary>
internal abstract record RuleExpression(int Position);

internal sealed record NumberLiteral(int Position, double Value) : RuleExpression(Position);

internal sealed record TextLiteral(int Position, string Value) : RuleExpression(Position);

internal sealed record BooleanLiteral(int Position, bool Value) : RuleExpression(Position);

/// <summary>Only as an argument: <c>5m</c> of <c>avg(temperature, 5m)</c>.</summary>
internal sealed record DurationLiteral(int Position, TimeSpan Value) : RuleExpression(Position);

/// <summary>A metric, or a property of the twin behind <c>reported.</c></summary>
internal sealed record NameExpression(int Position, string Name) : RuleExpression(Position);

internal sealed record UnaryExpression(int Position, string Operator, RuleExpression Operand) : RuleExpression(Position);

/// <summary>Its position is the operator's.</summary>
internal sealed record BinaryExpression(int Position, string Operator, RuleExpression Left, RuleExpression Right)
    : RuleExpression(Position);

/// <summary><c>inner for 30s</c></summary>
internal sealed record ForExpression(int Position, RuleExpression Inner, TimeSpan Duration) : RuleExpression(Position);

/// <summary><c>silent for 15m</c></summary>
internal sealed record SilentExpression(int Position, TimeSpan Duration) : RuleExpression(Position);

internal sealed record CallExpression(int Position, string Function, IReadOnlyList<RuleExpression> Arguments) : RuleExpression(Position);
