using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Text;

namespace OmniIoT.Ports.Channels;

/// <summary>Takes what shops' systems tell of purchases, durably: when it returns, the shop may be told so.</summary>
public interface IPurchases
{
    /// <summary>
    /// Stores the purchase with the customer whom the identity names, a new one when nobody has it. The same order again changes nothing.
    /// </summary>
    /// <returns>What is wrong with it; null: it is stored.</returns>
    ValueTask<FieldMistake?> TakeAsync(ToldPurchase told, CancellationToken cancellationToken);
}
