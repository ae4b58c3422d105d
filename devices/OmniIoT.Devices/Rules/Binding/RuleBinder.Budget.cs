using OmniIoT.Devices.Rules.Syntax;

namespace OmniIoT.Devices.Rules.Binding;

// Mistakes stand where the budget is passed; how much there is in all is known only after the last rule.
internal sealed partial class RuleBinder
{
    private int? _windowsPassedAt;
    private int? _termsPassedAt;

    /// <summary>Where the condition that was bound last passes the budget of windows, or of terms; null where it does not.</summary>
    public (int? Windows, int? Terms) PassedAt => (_windowsPassedAt, _termsPassedAt);

    /// <summary>What is wrong where the budget of windows is passed; its position is for <see cref="PassedAt"/> to say.</summary>
    public RuleMistake WindowsPassed =>
        RuleMistake.At(0, RuleMistakeKinds.TooManyWindows, ("max", budget?.Windows), ("used", Windows.Count));

    /// <inheritdoc cref="WindowsPassed"/>
    public RuleMistake TermsPassed => RuleMistake.At(0, RuleMistakeKinds.TooManyTerms, ("max", budget?.Terms), ("used", TermCount));

    private void CountTerm(RuleExpression expression)
    {
        if (++TermCount == budget?.Terms + 1)
            _termsPassedAt = expression.Position;
    }
}
