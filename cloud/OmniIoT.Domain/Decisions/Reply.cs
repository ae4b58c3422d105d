namespace OmniIoT.Domain.Decisions;

/// <summary>What a request came to: a result, or a typed rejection.</summary>
public readonly record struct Reply<T>(T? Result, Rejection? Rejection)
{
    public static implicit operator Reply<T>(T result) => new(result, null);

    public static implicit operator Reply<T>(Rejection rejection) => new(default, rejection);
}
