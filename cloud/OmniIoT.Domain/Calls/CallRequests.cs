using OmniIoT.Domain.Customers;

namespace OmniIoT.Domain.Calls;

/// <summary>A provider asks what a caller hears next.</summary>
public sealed record TakeCall
{
    /// <summary>The channel's id.</summary>
    public required string Channel { get; init; }

    /// <summary>The provider's name for the call.</summary>
    public required string Sid { get; init; }

    public required Identity From { get; init; }

    /// <summary>Which turn it answers; null: the provider does not say.</summary>
    public int? Turn { get; init; }

    public required CallInput Input { get; init; }

    /// <summary>Whether the provider says that the caller was silent.</summary>
    public bool IsSilence { get; init; }

    /// <summary>Whether it asks what somebody hears who waits in a queue.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>What was recorded; null: nothing was.</summary>
    public CallRecording? Recording { get; init; }

    /// <summary>Whether its beginning stands in the conversation already.</summary>
    public bool WasHeard { get; init; }

    /// <summary>The address by which the caller goes on in the web chat.</summary>
    public string? Link { get; init; }

    public CallFacts Facts { get; init; } = new();

    public bool HasInput => Input != CallInput.Silence || Recording is not null || IsSilence;
}

/// <param name="Address">Where the provider keeps it.</param>
public sealed record CallRecording(string Address, int? Seconds);

/// <summary>What the provider is to do.</summary>
/// <param name="Turn">The number of the turn that comes next.</param>
public sealed record CallAnswer(IReadOnlyList<CallAct> Acts, string Locale, int Turn)
{
    /// <summary>Said to somebody who waits in a queue; null: it is no answer of that kind.</summary>
    public string? Place { get; init; }
}

/// <summary>What the provider tells of a call beside its turns. Told again it changes nothing.</summary>
/// <param name="Channel">The channel's id.</param>
/// <param name="Sid">Its name for the call.</param>
public sealed record CallNews(string Channel, string Sid)
{
    /// <summary>How it ended, such as <c>completed</c> or <c>no-answer</c>; null: it did not.</summary>
    public string? EndedAs { get; init; }

    public int? Seconds { get; init; }

    /// <summary>What was said in a recording; null: nothing is told of one.</summary>
    public string? Transcription { get; init; }

    /// <summary>By which the words of a recording are known again.</summary>
    public string TranscriptionId => Sid + ":transcription";

    /// <summary>The message that the call began with, or was made for.</summary>
    public string? MessageId { get; init; }
}

/// <summary>Somebody says that a call-back is settled.</summary>
public sealed record CompleteCallBack(string CallBackId, string Actor);
