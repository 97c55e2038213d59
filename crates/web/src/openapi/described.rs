//! Every response has a description: OpenAPI 3.1 requires it (4.8.17), and a derived one that
//! was given none has none. And a path that takes the rest of an address names it as any other.

use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi, RefOr};

/// Describes what is not described, by its status.
pub(crate) fn described(mut api: OpenApi) -> OpenApi {
    for operation in api.paths.paths.values_mut().flat_map(operations) {
        for (status, response) in &mut operation.responses.responses {
            if let RefOr::T(response) = response
                && response.description.is_empty()
            {
                usual(status).clone_into(&mut response.description);
            }
        }
    }
    let paths = std::mem::take(&mut api.paths.paths);
    // The router's own spelling of "all that follows".
    let spelled = |(path, item): (String, PathItem)| (path.replace("{*", "{"), item);
    api.paths.paths = paths.into_iter().map(spelled).collect();
    api
}

fn operations(path: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem { get, put, post, delete, .. } = path;
    [get, put, post, delete].into_iter().flatten()
}

fn usual(status: &str) -> &'static str {
    match status {
        "200" => "What was asked for, or what was written as it stands now.",
        "201" => "It was made; this is how it stands.",
        "204" => "It is done, and there is nothing to show.",
        _ => "It was answered.",
    }
}

#[cfg(test)]
mod tests {
    use crate::routes::openapi;
    use serde_json::Value;

    #[test]
    fn every_response_is_described() {
        let api = serde_json::to_value(openapi()).unwrap();
        let paths = api["paths"].as_object().unwrap();
        let operations = paths.values().flat_map(|path| path.as_object().unwrap().values());
        let responses: Vec<_> = operations
            .flat_map(|operation| operation["responses"].as_object().unwrap().values())
            .collect();
        assert!(responses.len() > 500, "there are many");
        let described = |response: &&&Value| {
            response["$ref"].is_string()
                || !response["description"].as_str().unwrap_or("").is_empty()
        };
        assert_eq!(responses.iter().filter(described).count(), responses.len());
    }
}
