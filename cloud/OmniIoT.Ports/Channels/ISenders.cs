using OmniIoT.Domain.Customers;

namespace OmniIoT.Ports.Channels;

/// <summary>Whose an address is that somebody writes from.</summary>
public interface ISenders
{
    /// <param name="channel">The channel's id.</param>
    /// <param name="name">What they call themselves; null: the channel does not say.</param>
    /// <returns>The customer's id; that of a new one where nobody has the address for sure.</returns>
    ValueTask<string> FindOrCreateAsync(string channel, Identity from, string? name, CancellationToken cancellationToken);
}
