using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Rules.Binding;

// Mistakes stand where the budget is passed; how much there is in all is known only after the last rule.
internal sealed partial class RuleBinder
{
    private int? _windowsPassedAt;
    private int? _termsPassedAt;

    /// <summary>Where the condition that was bound last passes the budget of windows, or of terms; null where it does not.</summary>
    public (int? Windows, int? Terms) PassedAt => (_windowsPassedAt, _termsPassedAt);

    public string WindowsPassed =>
        $"the rules of a model look at {budget?.Windows} windows at most; from here on this one's look at {Windows.Count}";

    public string TermsPassed =>
        $"the rules of a model have {budget?.Terms} names, numbers, operators and functions at most; "
        + $"from here on this one's have {TermCount}";

    private void CountTerm(RuleExpression expression)
    {
        if (++TermCount == budget?.Terms + 1)
            _termsPassedAt = expression.Position;
    }
}
