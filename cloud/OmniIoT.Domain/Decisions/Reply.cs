namespace OmniIoT.Domain.Decisions;

/// <summary>
/// Something a person or another system asks of a grain; it goes through the same door as messages. <typeparamref name="TResult"/>
/// is what it answers when carried out. <c>ExpectedVersion</c> null means: whatever the present one is.
/// </summary>
public abstract record GrainRequest<TResult> : IGrainRequest;

/// <summary>Any request.</summary>
public interface IGrainRequest;

/// <summary>What a request came to: a result, or a typed rejection.</summary>
public readonly record struct Reply<T>(T? Result, Rejection? Rejection)
{
    public static implicit operator Reply<T>(T result) => new(result, null);

    public static implicit operator Reply<T>(Rejection rejection) => new(default, rejection);
}
