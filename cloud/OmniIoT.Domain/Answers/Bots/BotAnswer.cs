namespace OmniIoT.Domain.Answers.Bots;

/// <summary>How an intent is met.</summary>
public abstract record BotAnswer
{
    private BotAnswer() { }

    /// <param name="Id">An article that is published; else a person answers.</param>
    public sealed record OfArticle(string Id) : BotAnswer;

    public sealed record OfText(LocalizedText Text) : BotAnswer;

    /// <summary>How the customer's devices are.</summary>
    public sealed record OfDeviceStatus : BotAnswer;

    /// <summary>Asks for one thing after the other, then hands all of it over.</summary>
    /// <param name="Fields">At least one.</param>
    public sealed record OfForm(IReadOnlyList<BotFormField> Fields) : BotAnswer;

    public sealed record OfQueue(string Queue) : BotAnswer;

    /// <param name="Product">What it is called, and where it is.</param>
    public sealed record OfProduct(LocalizedText Product) : BotAnswer;
}

/// <param name="Name">For agents and other programs.</param>
/// <param name="Ask">How customers are asked for it.</param>
public sealed record BotFormField(string Name, LocalizedText Ask);
