using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Requests;

/// <summary>
/// Refuses parts of the query that a call does not know: the texts among its handler's parameters that are not in the path, and the
/// members of those that take several parts of the query together.
/// </summary>
internal static class KnownQuery
{
    public static RouteGroupBuilder RefuseUnknownQuery(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory(
            (factory, next) =>
            {
                string[] texts = [.. factory.MethodInfo.GetParameters().SelectMany(TextsOf)];
                return invocation =>
                {
                    Check(invocation.HttpContext, texts);
                    return next(invocation);
                };
            }
        );
        return group;
    }

    private static void Check(HttpContext context, string[] texts)
    {
        if (context.Request.Query.Count == 0)
            return;
        string[] known = [.. texts.Where(text => !context.Request.RouteValues.ContainsKey(text))];
        Mistakes mistakes = new();
        foreach (string name in context.Request.Query.Keys.Where(name => !known.Contains(name)))
            mistakes.Add("/" + JsonExpectation.Escape(name), NearestName.Explain(name, known));
        mistakes.ThrowIfAny();
    }

    private static IEnumerable<string> TextsOf(ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(string))
            return [parameter.Name!];
        return parameter.IsDefined(typeof(AsParametersAttribute))
            ? parameter.ParameterType.GetProperties().Select(NameInQuery).OfType<string>()
            : [];
    }

    private static string? NameInQuery(PropertyInfo property) => property.GetCustomAttribute<FromQueryAttribute>()?.Name;
}
