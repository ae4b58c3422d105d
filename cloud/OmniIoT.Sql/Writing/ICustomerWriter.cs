using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;

namespace OmniIoT.Sql.Writing;

/// <summary>Customers and their visits.</summary>
internal interface ICustomerWriter
{
    void Put(Customer customer);
    void Put(Visit visit);
    void Erase(string customerId);
}
