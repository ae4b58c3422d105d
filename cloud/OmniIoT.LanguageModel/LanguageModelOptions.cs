namespace OmniIoT.LanguageModel;

/// <summary>Where a language model is to be had that speaks OpenAI's chat completions (platform.openai.com/docs/api-reference/chat).</summary>
public sealed record LanguageModelOptions
{
    /// <summary>The base address: what stands before <c>/chat/completions</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>Which of the server's models is asked.</summary>
    public required string Name { get; init; }

    /// <summary>Null: the server asks for none.</summary>
    public string? Key { get; init; }

    /// <summary>Whoever asks waits so long, and is then answered without it.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Questions under way; who comes meanwhile is answered without it.</summary>
    public int MostAtOnce { get; init; } = 16;
}
