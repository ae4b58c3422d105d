using OmniIoT.Domain.Voice;

namespace OmniIoT.Sql.Writing;

internal interface ISurveyWriter
{
    void Put(SurveyRequest request);

    void Erase(string customerId);
}
