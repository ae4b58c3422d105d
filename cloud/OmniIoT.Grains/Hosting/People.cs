using OmniIoT.Domain.Customers;

namespace OmniIoT.Grains.Hosting;

/// <summary>Tells a customer's grain which person it is a part of. Few are merged, and only for them anything is read.</summary>
internal static class People
{
    public static async ValueTask<Person?> FindAsync(CustomerDecider customer, Turn turn, CancellationToken cancellationToken)
    {
        Customer own = customer.State.Facts.Customer;
        IReadOnlyList<string> members = turn.Scope.Catalog.Merges.MembersOf(own.Id);
        if (members.Count == 1) return null;
        Customer survivor = members[0] == own.Id ? own : await turn.Readers.Customers.FindAsync(own.Id, cancellationToken) ?? own;
        return new Person(survivor, members);
    }
}
