using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>
/// Words of the company that wait for a provider. They come in with <c>SendMessage</c> and go on by the effects <c>BeginSending</c>,
/// <c>SendLater</c> and <c>EndSending</c>.
/// </summary>
public interface IOutgoingMessages
{
    /// <summary>
    /// The first of each conversation on each channel, where it is due: those behind it wait for it. Oldest first. One that was begun may
    /// have gone.
    /// </summary>
    ValueTask<IReadOnlyList<WaitingMessage>> DueAsync(Instant now, int limit, CancellationToken cancellationToken);
}

/// <summary>A message that waits.</summary>
/// <param name="Position">Rises; those of a conversation go in this order on each channel.</param>
/// <param name="Tries">How often it was begun.</param>
/// <param name="IsBegun">Whether it was begun and nothing was heard of it since.</param>
public sealed record WaitingMessage(long Position, OutgoingMessage Message, int Tries, bool IsBegun);
