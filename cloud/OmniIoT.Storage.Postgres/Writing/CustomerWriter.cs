using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Customers;
using OmniIoT.Sql.Searching;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Customers, their identities and visits.</summary>
internal sealed class CustomerWriter(CommitWork work, ChangeWriter changes) : ICustomerWriter
{
    public void Put(Customer customer) => Put(work, customer);

    /// <summary>Brings identities that were stored by an earlier form to the present one.</summary>
    public static void Renew(CommitWork work)
    {
        List<Customer> customers = work.Read(
            "SELECT json FROM customers WHERE id IN (SELECT customer_id FROM identities WHERE form < $1) ORDER BY id FOR UPDATE",
            [(long)IdentityForm.Version],
            static row => Json.Read<Customer>(row.GetFieldValue<byte[]>(0))
        );
        foreach (Customer customer in customers)
            Put(work, customer);
        work.Send();
    }

    private static void Put(CommitWork work, Customer customer)
    {
        work[Tables.Customers].Put(customer.Id, customer.Name, SearchTexts.Of(customer), Json.Write(customer));
        work[Tables.Identities].DeleteWhere("customer_id", customer.Id);
        foreach (Identity identity in customer.Identities)
            work[Tables.Identities]
                .Put(identity.Type, IdentityForm.Of(identity.Type, identity.Value), customer.Id, (long)IdentityForm.Version);
    }

    public void Put(Visit visit)
    {
        byte[] json = Json.Write(visit);
        work[Tables.Visits].Put(visit.CustomerId, visit.Id, visit.EnteredAt.UnixMilliseconds, visit.ExitedAt?.UnixMilliseconds, json);
        changes.Add("visit", visit.CustomerId, null, json);
    }

    public void Erase(string customerId)
    {
        work[Tables.Customers].Delete(customerId);
        work[Tables.Identities].DeleteWhere("customer_id", customerId);
        work[Tables.Visits].DeleteWhere("customer_id", customerId);
    }
}
