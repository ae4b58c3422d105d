using OmniIoT.Domain.Calls;

namespace OmniIoT.Sql.Writing;

/// <summary>Promises to call customers back.</summary>
internal interface ICallBackWriter
{
    void Put(CallBack callBack);
    void Erase(string customerId);
}
