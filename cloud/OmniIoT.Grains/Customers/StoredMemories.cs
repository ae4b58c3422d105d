using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Customers;

/// <summary>What customers remember, read without waking their grains: few are merged, and who is asks rarely.</summary>
internal static class StoredMemories
{
    /// <summary>As stored, in the order of the customers; who is not stored is left out.</summary>
    public static async ValueTask<IReadOnlyList<CustomerMemory>> MemoriesAsync(
        this IGrainStore states,
        IEnumerable<string> customerIds,
        CancellationToken cancellationToken
    )
    {
        List<CustomerMemory> memories = [];
        foreach (string id in customerIds)
        {
            if (await states.LoadAsync(EntityId.Customer(id), cancellationToken) is { } snapshot)
                memories.Add(CustomerState.Read(snapshot.State).Facts);
        }
        return memories;
    }
}
