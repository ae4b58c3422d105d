using OmniIoT.Domain.Calls;

namespace OmniIoT.Ports.Channels;

/// <summary>Takes calls, durably: when it returns, the provider may be told what the caller hears.</summary>
public interface ICalls
{
    /// <summary>
    /// What the caller hears next, by the flow of the channel; the call and its words stand in the caller's one conversation. The same turn
    /// again is answered the same and changes nothing.
    /// </summary>
    /// <param name="address">By what the world knows the host, without a slash at its end: links begin with it.</param>
    ValueTask<CallAnswer> AnswerAsync(TakeCall call, string address, CancellationToken cancellationToken);

    /// <summary>Who called goes on in the web chat: what is answered from now on comes there.</summary>
    ValueTask ContinueInChatAsync(string customerId, CancellationToken cancellationToken);

    /// <summary>What becomes of a call, in or out; false when nobody knows it.</summary>
    ValueTask<bool> TellAsync(CallNews news, CancellationToken cancellationToken);
}
