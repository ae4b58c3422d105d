using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Customers, their identities and visits.</summary>
internal sealed class CustomerWriter(CommitWork work, ChangeWriter changes)
{
    public void Put(Customer customer)
    {
        string search = SearchText.Of([
            customer.Id,
            customer.Name,
            .. customer.Identities.Select(identity => identity.Value),
        ]);
        work[Tables.Customers].Put(customer.Id, customer.Name, search, Json.Write(customer));
        work[Tables.Identities].DeleteWhere("customer_id", customer.Id);
        foreach (Identity identity in customer.Identities)
            work[Tables.Identities].Put(identity.Type, identity.Value, customer.Id);
    }

    public void Put(Visit visit)
    {
        byte[] json = Json.Write(visit);
        work[Tables.Visits]
            .Put(
                visit.CustomerId,
                visit.Id,
                visit.EnteredAt.UnixMilliseconds,
                visit.ExitedAt?.UnixMilliseconds,
                json
            );
        changes.Add("visit", visit.CustomerId, null, json);
    }

    public void Erase(string customerId)
    {
        work[Tables.Customers].Delete(customerId);
        work[Tables.Identities].DeleteWhere("customer_id", customerId);
        work[Tables.Visits].DeleteWhere("customer_id", customerId);
    }
}
