using OmniIoT.Domain.Customers;

namespace OmniIoT.Sql.Writing;

/// <summary>Who was merged into whom.</summary>
internal interface IMergeWriter
{
    void Put(Merge merge);
    void Remove(string customerId);
    void Erase(string customerId);
}
