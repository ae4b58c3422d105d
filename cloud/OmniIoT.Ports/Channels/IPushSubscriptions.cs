using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Ports.Channels;

/// <summary>Browsers that persons let the company tell things to.</summary>
public interface IPushSubscriptions
{
    /// <summary>Durable when it returns. False: nobody knows the customer.</summary>
    ValueTask<bool> SubscribeAsync(string customerId, PushSubscription subscription, CancellationToken cancellationToken);

    /// <summary>Ends one; what is not there is ended.</summary>
    ValueTask EndAsync(string customerId, string endpoint, CancellationToken cancellationToken);
}
