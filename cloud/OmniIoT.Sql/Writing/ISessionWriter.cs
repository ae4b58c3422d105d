using OmniIoT.Domain;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Sql.Writing;

/// <summary>MQTT sessions, what they hold, and retained messages.</summary>
internal interface ISessionWriter
{
    void Put(StoredSession session);
    void Delete(string clientId);
    void Put(PutSubscription effect);
    void Delete(DeleteSubscription effect);
    void Put(PutSessionMessage effect);
    void Delete(DeleteSessionMessage effect);
    void Remember(RememberReceived effect);
    void Forget(ForgetReceived effect);
    void Put(RetainedMessage message);
    void DeleteOf(EntityId principal, string reference);
    void DeleteBeginning(string reference);
    void Erase(EntityId principal, string topicRoot);
}
